using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Strategies;
using FuturesBot.Domain.Signals;

namespace FuturesBot.Domain.Tests.Signals;

/// <summary>Plans and price paths for the lifecycle's tests. Frame 15m, decision at <see cref="T0"/>.</summary>
internal static class SignalSim
{
    public const long Quarter = 900_000;

    /// <summary>2026-01-01T00:15:00Z: no settlement for the next 31 quarters.</summary>
    public const long T0 = 1_767_226_500_000;

    public static readonly SymbolRules Rules = SymbolRules.FromTick(0.01m);

    /// <summary>Long at 100, stop 98: R = 2; no cost, no funding, so that prices stay plain.</summary>
    public static TradePlan Plan(
        Side side = Side.Long, EntryType type = EntryType.Market, ExitOptions? exits = null)
    {
        var dir = side.Sign();
        exits ??= ExitOptions.Default;
        return new()
        {
            Id = SignalId.For(Symbol.Btc, TimeFrame.M15, "Test", side, T0),
            Symbol = Symbol.Btc,
            Strategy = "Test",
            Side = side,
            Frame = TimeFrame.M15,
            Category = EntryCategory.Breakout,
            EntryType = type,
            DecidedAtMs = T0,
            SignalPrice = 100m,
            Entry = 100m,
            Stop = 100m - (dir * 2m),
            Target1 = 100m + (dir * 2m),
            Target2 = 100m + (dir * 4m),
            Fraction1 = exits.Fraction1,
            Fraction2 = exits.Fraction2,
            Atr = 1,
            Quantity = 10m,
            Rules = Rules,
            ExpiryBars = 4,
            Exits = exits,
            Costs = CostRates.None,
            Funding = FundingSchedule.None,
        };
    }

    /// <summary>Bar number <paramref name="index"/> after the decision, 15 minutes.</summary>
    public static SignalInput.BarClosed Bar(
        int index, double open, double high, double low, double close, double atr = 1) =>
        new(T0 + (index * Quarter), T0 + ((index + 1) * Quarter), open, high, low, close, atr);

    public static SignalInput Accepted(TradePlan plan) => new SignalInput.Accepted(plan.DecidedAtMs);

    public static (SignalState State, List<SignalEvent> Journal) Run(
        TradePlan plan, params IEnumerable<SignalInput> inputs) =>
        Feed(SignalLifecycle.Create(plan), [Accepted(plan), .. inputs]);

    public static (SignalState State, List<SignalEvent> Journal) Feed(
        SignalState state, IEnumerable<SignalInput> inputs)
    {
        var journal = new List<SignalEvent>();
        foreach (var input in inputs)
        {
            foreach (var e in SignalLifecycle.Decide(state, input))
            {
                state = SignalLifecycle.Evolve(state, e);
                if (e.IsJournal) journal.Add(e);
            }
        }

        return (state, journal);
    }

    /// <summary>A seeded walk of bars with gaps at the open, now and then a wide one.</summary>
    public static List<SignalInput> Walk(int seed, int bars, double start = 100)
    {
        var random = new Random(seed);
        var inputs = new List<SignalInput>(bars);
        var price = start;
        for (var i = 0; i < bars; i++)
        {
            var size = random.Next(12) == 0 ? 3 : 0.7;
            var open = Tick(price + ((random.NextDouble() - 0.5) * size * 0.4));
            var close = Tick(open + ((random.NextDouble() - 0.5) * size));
            var high = Tick(Math.Max(open, close) + (random.NextDouble() * size * 0.5));
            var low = Tick(Math.Min(open, close) - (random.NextDouble() * size * 0.5));
            inputs.Add(Bar(i, open, high, low, close, atr: 0.5 + random.NextDouble()));
            price = close;
        }

        return inputs;
    }

    /// <summary>Any plan: side, entry, exits, costs and funding follow the seed.</summary>
    public static TradePlan AnyPlan(int seed)
    {
        var random = new Random(seed);
        ExitOptions[] exits =
        [
            ExitOptions.Default, ExitOptions.Seed, ExitOptions.ActionPrice, ExitOptions.ActionPriceScalp,
            ExitOptions.ActionPriceSeed, ExitOptions.Default with { BreakEven = BreakEvenRule.Off },
            ExitOptions.Default with { TargetThroughTicks = 2 }, ExitOptions.ActionPriceScalpSeed,
        ];
        var side = random.Next(2) == 0 ? Side.Long : Side.Short;
        var type = random.Next(2) == 0 ? EntryType.Market : EntryType.Limit;
        var plan = Plan(side, type, exits[random.Next(exits.Length)]);
        return plan with
        {
            Costs = random.Next(4) == 0 ? CostRates.None : CostRates.Default,
            Funding = random.Next(4) == 0 ? FundingSchedule.None : FundingSchedule.Default with { IntervalHours = 1 },
        };
    }

    private static double Tick(double price) => (double)Rules.ToPrice(Math.Max(price, 1)).Value;
}
