using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Files;

/// <summary>What came of replaying a depth recording.</summary>
/// <param name="Symbol">Whose book it is; null when the recording holds no depth update.</param>
/// <param name="TickSize">The greatest step that divides all its prices, units of 10⁻⁸ quote.</param>
/// <param name="Lines">Lines of the file.</param>
/// <param name="Updates">Depth updates.</param>
/// <param name="Applied">Updates that went into the book.</param>
/// <param name="Old">Updates that said nothing new: doubled, or older than the snapshot.</param>
/// <param name="Gaps">Times that an update did not continue the book.</param>
/// <param name="Snapshots">REST snapshots, used or not.</param>
/// <param name="Resyncs">Times that the book was built anew.</param>
/// <param name="Faults">Lines that could not be read.</param>
/// <param name="Trust">How far the book may be believed at the end.</param>
/// <param name="LastUpdateId">Of the last update applied.</param>
/// <param name="Obstacle">Why the book is not in step at the end; null when it is.</param>
public sealed record DepthRecordingResult(
    Symbol? Symbol, long TickSize, long Lines, long Updates, long Applied, long Old, long Gaps, long Snapshots,
    int Resyncs, long Faults, BookTrust Trust, long LastUpdateId, string? Obstacle)
{
    public bool IsInStep => Obstacle is null;
}
