namespace FuturesBot.Engine.Backtesting;

/// <summary>What a replay found.</summary>
/// <param name="Lines">Lines that came out identical before the first that did not.</param>
/// <param name="First">The first that did not; null when all did.</param>
public sealed record ReplayVerdict(long Lines, ReplayDifference? First)
{
    public bool IsIdentical => First is null;
}
