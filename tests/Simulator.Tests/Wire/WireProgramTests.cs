using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace FuturesBot.Simulator.Tests.Wire;

public sealed class WireProgramTests
{
    [Fact]
    public async Task Exchange_WithJson_SaysWhereItIsAndRunsUntilItIsCancelled()
    {
        using var cancel = new CancellationTokenSource();
        using var output = new SpokenWriter();
        var running = RunAsync(output, TextWriter.Null, cancel.Token, "--port", "0", "--json", "--from", "2025-10-01T00:00:00Z", "--speed", "10");

        var said = JsonDocument.Parse(await output.Line).RootElement;

        using var http = new HttpClient();
        Assert.Equal("{}", await http.GetStringAsync($"{said.GetProperty("rest").GetString()}/fapi/v1/ping", TestContext.Current.CancellationToken));
        Assert.Equal(("simulator", 12, 10.0), (said.GetProperty("key").GetString(), said.GetProperty("symbols").GetInt32(), said.GetProperty("speed").GetDouble()));
        Assert.StartsWith("2025-10-01T00:0", said.GetProperty("now").GetString());
        await cancel.CancelAsync();
        Assert.Equal(0, await running);
    }

    [Fact]
    public async Task Exchange_OnATakenPort_SaysSoInASentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        using var errors = new StringWriter();

        var code = await RunAsync(TextWriter.Null, errors, TestContext.Current.CancellationToken, "--port", $"{port}");

        Assert.Equal((2, $"Port {port} is in use; --port takes another one, 0 a free one"), (code, errors.ToString().Trim()));
    }

    [Theory]
    [InlineData("--faults", "seed:many", "--faults was 'seed:many'")]
    [InlineData("--faults", "no-such-file.json", "no-such-file.json")]
    [InlineData("--data", "no-such-folder", "no-such-folder")]
    [InlineData("--from", "yesterday", "--from was 'yesterday'")]
    public async Task Exchange_WithWhatItCannotUse_EndsWith2AndSaysWhy(string option, string value, string said)
    {
        using var errors = new StringWriter();

        var code = await RunAsync(TextWriter.Null, errors, TestContext.Current.CancellationToken, "--port", "0", option, value);

        Assert.Equal(2, code);
        Assert.Contains(said, errors.ToString());
    }

    [Theory]
    [InlineData("--speed", "0")]
    [InlineData("--port", "70000")]
    [InlineData("--symbols", "13")]
    public void Options_OutOfRange_AreParseErrors(string option, string value) =>
        Assert.Contains($"{option} was '{value}'", Assert.Single(ExchangeProgram.CreateCommand("exchange").Parse([option, value]).Errors).Message);

    private static Task<int> RunAsync(TextWriter output, TextWriter errors, CancellationToken cancel, params string[] args) =>
        ExchangeProgram.CreateCommand("exchange").Parse(args)
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = errors }, cancel);

    /// <summary>Hands on the first line that is written.</summary>
    private sealed class SpokenWriter : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Line => _line.Task;

        public override Task WriteLineAsync(string? value)
        {
            _line.TrySetResult(value ?? "");
            return Task.CompletedTask;
        }
    }
}
