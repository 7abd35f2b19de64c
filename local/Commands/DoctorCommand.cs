using System.CommandLine;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Engine.Ports;
using FuturesBot.Local.Doctor;
using FuturesBot.Simulator;
using Microsoft.Extensions.Logging.Abstractions;

namespace FuturesBot.Local.Commands;

/// <summary><c>doctor</c>: looks at everything that a run needs, and says what to do about each finding.</summary>
internal static class DoctorCommand
{
    private const string Simulated = "simulated";

    public static Command Create()
    {
        var exchange = Arguments.OneOf("--exchange", "which exchange is looked at", Simulated, Simulated, "demo", "binance");
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
        // A ban that a run met holds for this too: a call during it makes it longer.
        await LookAsync(exchange, options, new BanFile(Path.Combine(state, $"ban-{exchange}")), findings, cancel);

        var console = parsed.InvocationConfiguration.Output;
        if (json) console.WriteLine(DoctorScreen.ToJson(exchange, findings).ToJsonString());
        else DoctorScreen.Print(findings, console);
        return findings.Exists(finding => finding.Level == FindingLevel.Fault) ? Invocation.Failed : Invocation.Done;
    }

    private static async Task LookAsync(
        string venue, BotOptions options, IBanMemory ban, List<Finding> findings, CancellationToken cancel)
    {
        var (time, environment) = (TimeProvider.System, BotConfiguration.ProcessEnvironment());
        await using var simulated = venue == Simulated ? await SimulatedExchange.StartAsync(new(), time, logs: null, cancel) : null;
        var keys = simulated is null ? KeyCheck.Read(options.Mode, environment, findings) : BinanceKeys.Simulator;
        var addresses = simulated is null
            ? ExchangeAddresses.For(venue == "demo" ? ExchangeVenue.Demo : ExchangeVenue.Binance, options.Exchange)
            : ExchangeAddresses.OnLoopback(simulated.Rest.Port);
        using var exchange = new BinanceExchange(
            new(addresses, keys, options.Exchange, ban, new Quiet(), NullLoggerFactory.Instance, time)
            {
                Proxy = ExchangeProxy.From(options.Exchange, environment),
            });
        if (await new ExchangeCheck(exchange, options, time).RunAsync(findings, cancel))
        {
            if (keys is not null) await KeyCheck.RunAsync(exchange, options.Mode, findings, cancel);
            await new StreamCheck(exchange, new(exchange.Proxy, time)).RunAsync(keys is not null, findings, cancel);
        }

        findings.Add(await ArchiveCheck.RunAsync(exchange, options.Exchange, exchange.Clock.NowMs, time, cancel));
    }

    /// <summary>A look at things tells nobody else.</summary>
    private sealed class Quiet : IAlerts
    {
        public void Raise(Alert alert)
        {
        }
    }
}
