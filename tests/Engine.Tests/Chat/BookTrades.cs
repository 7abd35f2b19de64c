using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Engine.Tests.Chat;

/// <summary>Sixty days of closed trades made by hand: the same each time.</summary>
internal static class BookTrades
{
    private static readonly string[] Regimes = ["Trend", "Range", "Squeeze", ""];

    private static readonly (decimal Net, string Exit)[] Ends =
        [(1.43m, "TP2"), (-1.09m, "SL"), (0.26m, "BE"), (-1.11m, "SL"), (2.10m, "TRAIL"), (-0.40m, "TIME"), (-1.05m, "SL")];

    /// <summary>The last closed first.</summary>
    public static IReadOnlyList<TradeRecord> All { get; } = [.. Enumerable.Range(0, 60).Select(Trade)];

    private static TradeRecord Trade(int i)
    {
        var strategy = (i % 5) switch { 0 or 3 => ActionPrice.CatalogName, 1 or 4 => LiquiditySweep.CatalogName, _ => BreakAndRetest.CatalogName };
        if (i % 9 == 8) strategy = VolumeProfile.CatalogName;
        var own = strategy == ActionPrice.CatalogName;
        var (net, exit) = Ends[i % Ends.Length];
        var closed = FixedBook.Now - (i * (i < 8 ? 3 : 20) * TimeFrame.H1.Ms()) - 900_000;
        var isLong = i % 3 != 0;
        var sign = isLong ? 1 : -1;
        List<TradeExit> exits = exit is "TP2" or "BE" or "TRAIL" ? [new(closed - 1_800_000, 100m + sign, 0.3m, "TP1")] : [];
        if (exit == "TRAIL") exits.Add(new(closed - 900_000, 100m + (2 * sign), 0.4m, "TP2"));
        exits.Add(new(closed, 100m + (sign * net), 1 - exits.Sum(part => part.Fraction), exit));
        return new()
        {
            SignalId = $"t{i}",
            Symbol = i % 2 == 0 ? "SOLUSDT" : "GONEUSDT",
            Strategy = strategy,
            Mode = own ? "STANDARD" : "",
            Direction = isLong ? "LONG" : "SHORT",
            Category = own ? "action_price" : "breakout",
            Score = own ? 3 + (i % 4) : 3.5 + (i % 3),
            ScoreParts = own
                ? [new("slope200", net < 0 ? 1 : 0, ""), new("ema_fan", 0, "")]
                : [new("confluence", i % 4 == 0 ? 3 : 0, i % 4 == 0 ? "3 strategies agree" : "1 strategies agree")],
            Regime = Regimes[i % Regimes.Length],
            DecidedAtMs = closed - 7_200_000,
            EntryTimeMs = closed - 5_400_000,
            EntryPrice = 100m,
            Stop = isLong ? 99m : 101m,
            Tp1 = 100m + sign,
            Tp2 = 100m + (2 * sign),
            Exits = exits,
            Fees = 0.08m,
            Funding = 0.01m,
            Slippage = 0.02m,
            PnlRGross = net + 0.11m,
            PnlRNet = net,
            Outcome = exit == "BE" ? TradeOutcome.BreakEven : net > 0 ? TradeOutcome.Win : TradeOutcome.Loss,
            MfeR = Math.Max(0.2, (double)net),
            MaeR = -0.5,
            Bars = 6,
            DecisionHash = "",
            Execution = i % 10 == 7 ? TradeRecord.ShadowedBy("t1") : TradeRecord.Primary,
        };
    }
}
