using FuturesBot.Domain.Reporting;

namespace FuturesBot.Domain.Tests.Reporting;

/// <summary>Trades made by hand: only what a test is about differs from this one.</summary>
internal static class Trades
{
    public const long Start = 1_751_587_200_000;   // 2025-07-04T00:00:00Z
    public const long Hour = 3_600_000;
    public const long Day = 24 * Hour;

    public static TradeRecord One(
        decimal net = 1m, TradeOutcome? outcome = null, int number = 0, string strategy = "LiquiditySweep",
        double score = 3.5, long? closedAtMs = null, string execution = TradeRecord.Primary) => new()
        {
            SignalId = $"{number:x16}",
            Symbol = "BTCUSDT",
            Strategy = strategy,
            Mode = "FADE",
            Direction = "LONG",
            Category = "mean_reversion",
            Score = score,
            ScoreParts = [new("volume", 1, "1.8 x the median"), new("depth imbalance", null, "no book")],
            Regime = "RANGE",
            DecidedAtMs = (closedAtMs ?? Start + ((number + 1) * Hour)) - Hour,
            EntryTimeMs = (closedAtMs ?? Start + ((number + 1) * Hour)) - Hour,
            EntryPrice = 100m,
            Stop = 98m,
            Tp1 = 102m,
            Tp2 = 104m,
            Exits =
            [
                new(closedAtMs ?? Start + ((number + 1) * Hour), 102.00m, 0.30m, "TP1"),
                new(closedAtMs ?? Start + ((number + 1) * Hour), 104.10m, 0.70m, net < 0 ? "SL" : "TP2"),
            ],
            Fees = 0.05m,
            Funding = -0.01m,
            Slippage = 0.02m,
            PnlRGross = net + 0.06m,
            PnlRNet = net,
            Outcome = outcome ?? (Math.Abs(net) <= 0.10m ? TradeOutcome.BreakEven
                : net > 0 ? TradeOutcome.Win : TradeOutcome.Loss),
            MfeR = 1.5,
            MaeR = -0.5,
            Bars = 7,
            DecisionHash = "ab12",
            Execution = execution,
        };

    public static TradeRecord[] Of(params decimal[] nets) =>
        [.. nets.Select((net, i) => One(net, number: i))];

    /// <summary>Wins of +1.2, losses of −1, as in a coin with <paramref name="winShare"/>.</summary>
    public static TradeRecord[] Random(int n, double winShare, int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(0, n)
                .Select(i => One(random.NextDouble() < winShare ? 1.2m : -1m, number: i)),
        ];
    }
}
