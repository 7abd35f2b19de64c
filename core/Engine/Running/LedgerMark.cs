using FuturesBot.Engine.Ledger;

namespace FuturesBot.Engine.Running;

/// <summary>How much of a ledger file is committed: what lies behind was written by a process that died.</summary>
/// <param name="Seq">Number of the last committed line.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Bytes">Length of the file up to its end.</param>
public sealed record LedgerMark(long Seq, string Hash, long Bytes)
{
    /// <summary>How far its newest day reaches; null before the first line, and where days were not counted yet.</summary>
    public LedgerDay? Day { get; init; }

    /// <summary>The end of the newest day that is over; null before there is one.</summary>
    public DayRoot? Root { get; init; }

    public static LedgerMark Start { get; } = new(0, LedgerPosition.Start.Hash, 0);
}
