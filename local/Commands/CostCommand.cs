using System.CommandLine;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.CloudCosts;

namespace FuturesBot.Local.Commands;

/// <summary><c>cost</c>: what a month in Azure costs, from the operations of a measured hour and a table of prices.</summary>
internal static class CostCommand
{
    private const int SymbolsMax = 800;
    private const string Events = "market-events";
    private const string Durable = "durable";
    private static readonly string[] Frames = ["15m", "1h", "4h", "1d"];

    public static Command Create()
    {
        var symbols = Arguments.Number("--symbols", $"symbols that are followed, 1 to {SymbolsMax} (200)", 1, SymbolsMax);
        var frames = Arguments.Names("--frames", "frames that close", Frames);
        var memory = Arguments.OneOf("--memory", "MB of a functions instance", "512", "512", "2048", "4096");
        var cores = Arguments.OneOf("--sidecar-cores", "cores of the sidecar; twice as many GiB", "0.25", "0.25", "0.5", "1");
        var ready = Arguments.Names("--always-ready", "parts with an instance that is always ready", [Events, Durable]);
        var backend = Arguments.OneOf("--durable", "where orchestrations are kept", "storage", "storage", "scheduler");
        var address = new Option<bool>("--static-address") { Description = "a network with one outgoing address, for keys that are bound to one" };
        var registry = new Option<bool>("--registry") { Description = "a private registry for the sidecar's image" };
        var silent = new Option<bool>("--no-alerts") { Description = "without log alerts" };
        var config = Configured.Option();
        var json = new Option<bool>("--json") { Description = "print one JSON object and nothing else" };
        var command = new Command("cost", "says what a month in Azure costs, from measured operations and a table of prices")
        {
            symbols, frames, memory, cores, ready, backend, address, registry, silent, config, json,
        };
        command.SetAction(parsed =>
        {
            BotOptions options;
            try
            {
                options = Configured.Load(parsed.GetValue(config));
            }
            catch (ConfigurationException faults)
            {
                return parsed.Fail(faults.Message, Invocation.BadUsage);
            }

            var usual = new CostAsk { Symbols = parsed.GetValue(symbols) ?? CostModel.LimitSymbols };
            var always = parsed.GetValue(ready) ?? [];
            var ask = usual with
            {
                Frames = parsed.GetValue(frames) is { Length: > 0 } some ? [.. some.Select(FrameOf)] : usual.Frames,
                MemoryMb = int.Parse(parsed.GetValue(memory)!, System.Globalization.CultureInfo.InvariantCulture),
                SidecarCores = double.Parse(parsed.GetValue(cores)!, System.Globalization.CultureInfo.InvariantCulture),
                AlwaysReadyEvents = always.Contains(Events) ? 1 : 0,
                AlwaysReadyDurable = always.Contains(Durable) ? 1 : 0,
                UsesScheduler = parsed.GetValue(backend) == "scheduler",
                HasStaticAddress = parsed.GetValue(address),
                HasRegistry = parsed.GetValue(registry),
                AlertRules = parsed.GetValue(silent) ? 0 : usual.AlertRules,
                CandleDays = options.Retention.CandleDays,
            };
            var run = MeasuredRun.Shipped();
            var report = CostModel.ReportOf(run, ask, options.Cost);
            var claims = CostModel.ClaimsOf(run, options.Cost);
            var to = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(json)) to.WriteLine(CostScreen.ToJson(report, claims, run, options.Cost).ToJsonString());
            else CostScreen.Print(report, claims, run, options.Cost, to);
            return Invocation.Done;
        });
        return command;
    }

    private static TimeFrame FrameOf(string code) =>
        TimeFrames.TryParse(code, out var frame) ? frame : throw new FormatException($"Frame was '{code}'");
}
