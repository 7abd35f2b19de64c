using System.CommandLine;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Local.Doctor;

namespace FuturesBot.Local.Commands;

/// <summary><c>doctor</c>: looks at everything that a run needs, and says what to do about each finding.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var exchange = Arguments.OneOf("--exchange", "which exchange is looked at", "simulated", "simulated", "demo", "binance");
        var state = new Option<string>("--state") { Description = "folder of the state", DefaultValueFactory = _ => "state" };
        var config = Configured.Option();
        var json = new Option<bool>("--json") { Description = "print one JSON object and nothing else" };
        var command = new Command("doctor", "checks configuration, store, keys, clock and ways to the exchange")
        {
            exchange, state, config, json,
        };
        command.SetAction((parsed, cancel) => RunAsync(
            parsed, parsed.GetValue(exchange)!, Path.GetFullPath(parsed.GetValue(state)!), parsed.GetValue(config), parsed.GetValue(json), cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        ParseResult parsed, string exchange, string state, FileInfo? config, bool json, CancellationToken cancel)
    {
        var findings = new List<Finding>();
        var options = ConfigurationCheck.Run(config, findings);
        findings.AddRange(StoreCheck.Run(state));
        await StorageCheck.RunAsync(options.Storage, findings, cancel);
        var venue = Enum.Parse<ExchangeVenue>(exchange, ignoreCase: true);
        var ban = new BanFile(Path.Combine(state, $"ban-{exchange}"));
        await new Checkup(venue, options, BotConfiguration.ProcessEnvironment(), ban, TimeProvider.System).RunAsync(findings, cancel);
        await TelegramCheck.RunAsync(options.Telegram, BotConfiguration.ProcessEnvironment(), findings, TimeProvider.System, cancel);

        var console = parsed.InvocationConfiguration.Output;
        if (json) console.WriteLine(DoctorScreen.ToJson(exchange, findings).ToJsonString());
        else DoctorScreen.Print(findings, console);
        return findings.Exists(finding => finding.Level == FindingLevel.Fault) ? Invocation.Failed : Invocation.Done;
    }
}
