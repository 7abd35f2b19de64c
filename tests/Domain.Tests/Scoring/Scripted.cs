using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;

namespace FuturesBot.Domain.Tests.Scoring;

/// <summary>A trigger at a bar of a quiet market at 100 with an ATR of 1.</summary>
/// <param name="Bar">1 is the first bar after the warm-up.</param>
/// <param name="Base">The score's base; a volume test of the strategy's own adds a point and is a factor.</param>
/// <param name="Stop">NaN: one ATR from the price.</param>
/// <param name="Symbol">0 is BTC, then ETH and SOL.</param>
internal sealed record Trigger(
    int Bar,
    string Strategy,
    Side Side,
    double Base,
    EntryCategory Category = EntryCategory.Breakout,
    double Price = 100,
    double Stop = double.NaN,
    int Symbol = 0,
    bool OwnVolume = true);

/// <summary>What became of a trigger.</summary>
internal sealed record Said(
    int Bar, int Symbol, string Strategy, Side Side, double Score, Refusal? Why, double Value, double Limit, TradePlan? Plan);

/// <summary>A pipeline over a quiet market whose strategies fire what a test tells them to.</summary>
internal static class Scripted
{
    private const int Warmup = 40;

    private static readonly Symbol[] Symbols = [Symbol.Btc, Symbol.Parse("ETHUSDT"), Symbol.Parse("SOLUSDT")];

    public static KernelOptions Options { get; } = KernelOptions.Default with
    {
        Risk = KernelOptions.Default.Risk with { CostMaxR = 1000, OpenRiskMax = 0.5m, RoundNumberShiftTicks = 0 },
    };

    public static List<Said> Run(params Trigger[] triggers) => Run(Options, triggers);

    public static List<Said> Run(KernelOptions options, params Trigger[] triggers) => Run(options, impulseAtBar: 0, triggers);

    /// <param name="options">Every threshold.</param>
    /// <param name="impulseAtBar">BTC's hour that closes with this bar has a range of 2 %; 0: none.</param>
    /// <param name="triggers">What fires.</param>
    public static List<Said> Run(KernelOptions options, int impulseAtBar, params Trigger[] triggers)
    {
        var transcript = new Transcript();
        var listings = Symbols.Reverse().Select(symbol => new SymbolListing(symbol, SymbolRules.FromTick(0.01m))).ToArray();
        var strategies = triggers.Select(t => t.Strategy).Distinct().Select(name => new Player(name, triggers)).ToArray();
        var run = new KernelRun(options, listings, transcript, context: false, strategies: strategies);
        for (var i = 1; i <= Warmup + triggers.Max(t => t.Bar); i++)
        {
            // The bar after the warm-up closes at a quarter past; bar 4 closes a full hour.
            var openMs = GeneratedFeed.StartMs + ((i - 1) * TimeFrame.M15.Ms());
            var candles = new List<FeedCandle>();
            var closeMs = openMs + TimeFrame.M15.Ms();
            if (closeMs % TimeFrame.H1.Ms() == 0) candles.Add(new(0, TimeFrame.H1, Hour(closeMs, i == Warmup + impulseAtBar)));
            for (var s = 0; s < Symbols.Length; s++)
                candles.Add(new(s, TimeFrame.M15, new(openMs, 100, 100.5, 99.5, 100, 100)));
            run.Feed(new(closeMs, candles));
        }

        return [.. transcript.Verdicts.Select(Of)];
    }

    private static Candle Hour(long closeMs, bool impulse) =>
        new(closeMs - TimeFrame.H1.Ms(), 100, impulse ? 101.5 : 100.1, impulse ? 99.5 : 99.9, 100, 1);

    private static Said Of(DecisionRecord decision)
    {
        var ranked = decision.Verdict!.Ranked;
        var refused = decision.Verdict as Verdict.Refused;
        return new(
            (int)((decision.AtMs - GeneratedFeed.StartMs) / TimeFrame.M15.Ms()) - Warmup,
            Array.IndexOf(Symbols, decision.Symbol),
            decision.Kind.Strategy,
            decision.Kind.Side,
            ranked.Score.Total,
            refused?.Why,
            refused?.Value ?? double.NaN,
            refused?.Limit ?? double.NaN,
            (decision.Verdict as Verdict.Approved)?.Plan);
    }

    private sealed class Player(string name, Trigger[] triggers) : IStrategy
    {
        private readonly SetupKind[] _kinds = SetupKind.BothSides(name);

        public string Name => name;

        public TimeFrame Frame => TimeFrame.M15;

        public void Evaluate(MarketView view, DecisionLog log)
        {
            foreach (var trigger in triggers)
            {
                if (trigger.Strategy != name || Symbols[trigger.Symbol] != view.Symbol) continue;
                if (view.M15.BarsFolded != Warmup + trigger.Bar) continue;
                var kind = _kinds[trigger.Side == Side.Long ? 0 : 1];
                var key = new SetupKey(kind.Code, 0, view.M15.Bar.OpenTimeMs);
                log.Begin(kind);
                if (log.Settle(key)) log.Fire(SetupOf(kind, key, trigger));
            }
        }

        private static Setup SetupOf(SetupKind kind, SetupKey key, Trigger trigger)
        {
            var itself = trigger.Strategy == ActionPrice.CatalogName;
            return new()
            {
                Kind = kind,
                Key = key,
                Frame = TimeFrame.M15,
                Category = trigger.Category,
                SignalPrice = trigger.Price,
                StopAnchor = double.IsNaN(trigger.Stop) ? trigger.Price - trigger.Side.Sign() : trigger.Stop,
                Atr = 1,
                Base = trigger.Base,
                VolumeRatio = trigger.OwnVolume ? 2 : double.NaN,
                VolumeThreshold = trigger.OwnVolume ? 1.5 : double.NaN,
                ScoresItself = itself,
                Variant = itself ? "SCALP" : "",
                OwnParts = itself ? [new("own", trigger.Base, "as told")] : [],
            };
        }
    }
}
