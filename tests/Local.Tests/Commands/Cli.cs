using System.CommandLine;
using System.Text.Json;
using FuturesBot.Local.Commands;

namespace FuturesBot.Local.Tests.Commands;

/// <summary>One command line, run in this process.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Output">What went to stdout.</param>
/// <param name="Errors">What went to stderr.</param>
internal sealed record Cli(int Code, string Output, string Errors)
{
    /// <summary>Stdout as the one JSON object that <c>--json</c> promises.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public static async Task<Cli> RunAsync(params string[] args)
    {
        var root = new RootCommand
        {
            BacktestCommand.Create(), VerifyCommand.Create(), ImportCommand.Create(), DownloadCommand.Create(), IndicatorsCommand.Create(),
            BookCommand.Create(),
            CostCommand.Create(), DoctorCommand.Create(), ConsumeCommand.Create(),
        };
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await Invocation.RunAsync(root, args, new() { Output = output, Error = errors });
        return new(code, output.ToString(), errors.ToString());
    }
}
