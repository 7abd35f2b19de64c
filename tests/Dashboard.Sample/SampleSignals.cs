using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Sample;

/// <summary>Invented signals that fit the invented candles.</summary>
internal static class SampleSignals
{
    private static readonly string[] Strategies =
        ["Break & Retest", "Liquidity Sweep", "Volume Profile", "Action Price", "MA/VWAP Pullback"];

    private static readonly string[] Regimes = ["TREND", "TREND", "RANGE", "SQUEEZE", "CHOP"];

    public static SignalView Open(SampleMarket market, int n, double nowR, SignalStage stage)
    {
        var bars = market.Closed(TimeFrame.M15);
        var bar = bars[^(6 + (n * 5))];
        var side = n % 3 == 1 ? Side.Short : Side.Long;
        var dir = (int)side;
        var risk = bar.Close * 0.0078;
        var entry = market.Last - (dir * nowR * risk);
        decimal Tick(double price) => decimal.Round((decimal)price, market.Decimals);
        var waiting = stage == SignalStage.PendingEntry;
        var decided = bar.CloseTimeMs(TimeFrame.M15);
        var moved = stage == SignalStage.Tp1Done;
        return new(
            $"a{n}f3c0de{n}b61d0{n}", market.Symbol, TimeFrame.M15, Strategies[n % 5], n % 5 == 3 ? "standard" : "", side,
            n % 2 == 0 ? "pullback" : "breakout", stage, CloseReason: null, n % 2 == 0 ? "limit" : "market", Tick(entry),
            Tick(entry + (moved ? dir * 0.1 * risk : -dir * risk)), Tick(entry - (dir * risk)),
            Tick(entry + (dir * risk)), Tick(entry + (2 * dir * risk)), n % 5 == 3 ? 6 : 3.5 + (n * 0.45), "TREND",
            decided, waiting ? null : decided + 130_000, waiting ? decided + 5_400_000 : null, ClosedAtMs: null,
            waiting ? double.NaN : nowR, waiting ? double.NaN : Math.Max(nowR, 0) + 0.3,
            waiting ? double.NaN : Math.Min(nowR, 0) - 0.25, double.NaN, double.NaN, Outcome: null,
            moved ? 0 : 1.0, 6 + (n * 5), Replayed: n % 2 == 1, ShadowedBy: null);
    }

    public static SignalView Closed(SampleMarket market, int n, Random random)
    {
        var bars = market.Closed(TimeFrame.M15);
        var index = Math.Max(bars.Count - 30 - (n * 4), 210);
        var bar = bars[index];
        var side = random.Next(2) == 0 ? Side.Short : Side.Long;
        var dir = (int)side;
        var risk = bar.Close * (0.005 + (random.NextDouble() * 0.006));
        decimal Tick(double price) => decimal.Round((decimal)price, market.Decimals);
        var (outcome, reason, gross) = random.Next(10) switch
        {
            < 3 => (TradeOutcome.Win, "TP2", 1.4 + random.NextDouble()),
            < 5 => (TradeOutcome.BreakEven, "BE", 0.32),
            < 6 => (TradeOutcome.BreakEven, "TIME", 0.08),
            _ => (TradeOutcome.Loss, "SL", random.Next(9) == 0 ? -0.4 : -1.0),
        };
        var decided = bar.CloseTimeMs(TimeFrame.M15);
        var length = 3 + random.Next(24);
        return new(
            $"c{n:d3}9f3a61d07b20", market.Symbol, TimeFrame.M15, Strategies[random.Next(5)], "", side, "breakout",
            SignalStage.Closed, reason, "market", Tick(bar.Close), Tick(bar.Close - (dir * risk)),
            Tick(bar.Close - (dir * risk)), Tick(bar.Close + (dir * risk)), Tick(bar.Close + (2 * dir * risk)),
            Math.Round(3 + (random.NextDouble() * 3), 2), Regimes[random.Next(Regimes.Length)], decided, decided + 900_000,
            ExpiresAtMs: null, decided + (length * 900_000L), gross, Mfe(outcome, gross, random), Mae(outcome, random),
            gross, gross - 0.09, outcome, double.NaN, length, Replayed: n > 6, ShadowedBy: null);
    }

    private static double Mfe(TradeOutcome outcome, double gross, Random random) => outcome switch
    {
        TradeOutcome.Win => Math.Max(gross, 1) + (random.NextDouble() * 2),
        TradeOutcome.BreakEven => 0.4 + (random.NextDouble() * 1.4),
        _ => random.NextDouble() * 0.9,
    };

    private static double Mae(TradeOutcome outcome, Random random) =>
        outcome == TradeOutcome.Loss ? -1 - (random.NextDouble() * 0.05) : -random.NextDouble() * random.NextDouble();

    public static SignalDetailView Detail(SignalView signal)
    {
        var life = new List<LifeEventView>
        {
            new(signal.DecidedAtMs, "created", $"score {signal.Score:0.00}, 8 of 10 known, 7 passed"),
            new(signal.DecidedAtMs, "gates_passed", "spread 0.6 bp, cost 0.11 R"),
        };
        if (signal.EnteredAtMs is { } entered) life.Add(new(entered, "entered", $"filled at {signal.EntryPrice}"));
        if (signal.State == SignalStage.Tp1Done) life.Add(new(signal.DecidedAtMs + 5_400_000, "tp1_taken", "30 % at 1 R, stop to break-even"));
        if (signal.ClosedAtMs is { } closed) life.Add(new(closed, "closed", $"{signal.CloseReason} {signal.PnlRNet:+0.00;-0.00} R net"));
        return new(
            signal,
            [new("TP1", signal.Tp1, 1, 0.3), new("TP2", signal.Tp2, 2, 0.4), new("Runner", null, double.NaN, 0.3)],
            [
                new($"Base · {signal.Strategy}", 2.5, ModifierState.Applied, "base points of the strategy"),
                new("Regime weight", 1.25, ModifierState.Applied, "TREND × 1.50"),
                new("Volume", 1, ModifierState.Applied, "3.48 × the 20-bar mean"),
                new("CVD agrees", 1, ModifierState.Applied, "0.17 of volume"),
                new("Depth imbalance", 1, ModifierState.Unavailable, "no order book in this run"),
                new("Open interest change", 1, ModifierState.Unavailable, "no open interest in this run"),
                new("Late trend", 0, ModifierState.NotApplied, "1.62 ATR"),
                new("BTC against", -2, ModifierState.Applied, "BTC 3 h −0.61 %"),
            ],
            3.0, Predicates(), life, [], 34.5m, 5_398.56m, 100.37m, 0.06, 0.0, 0.03, 0.11, 0.20, "9f3a61d0b7aa4c11");
    }

    public static PredicateView[] Predicates(int failed = -1)
    {
        PredicateView[] all =
        [
            new("Breakout close", 1.08, 0.25, "≥", "ATR", PredicateState.Passed, null),
            new("Breakout volume", 3.48, 1.5, "≥", "×", PredicateState.Passed, null),
            new("Retest distance", -0.09, 0.3, "≤", "ATR", PredicateState.Passed, null),
            new("ADX 14", 31.4, 25, "≥", "", PredicateState.Passed, null),
            new("4h bias", double.NaN, double.NaN, "", "", PredicateState.Passed, "Up"),
            new("CVD, share of volume", 0.17, 0.1, "≥", "", PredicateState.Passed, null),
            new("Closed above the level", 0.61, 0.1, "≤", "ATR", PredicateState.Passed, null),
            new("Depth imbalance", double.NaN, 0.05, "≥", "", PredicateState.Unavailable, "no order book"),
        ];
        if (failed >= 0)
        {
            var p = all[failed];
            all[failed] = p with
            {
                Value = p.Comparison == "≤" ? p.Threshold * 1.7 : p.Threshold * 0.6,
                State = PredicateState.Failed,
            };
        }

        return all;
    }
}
