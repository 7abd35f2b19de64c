namespace FuturesBot.Domain.Reporting;

/// <summary>
/// Longest runs in the order of closing. A break-even ends a run of wins and one of losses.
/// </summary>
public sealed record Streaks(int WinsMax, int LossesMax)
{
    public static Streaks Of(IReadOnlyList<TradeRecord> trades) => new(
        Longest(trades, TradeOutcome.Win), Longest(trades, TradeOutcome.Loss));

    private static int Longest(IReadOnlyList<TradeRecord> trades, TradeOutcome outcome)
    {
        int run = 0, longest = 0;
        foreach (var trade in trades)
        {
            run = trade.Outcome == outcome ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
