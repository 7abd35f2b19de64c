using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>What became of one archive file.</summary>
/// <param name="Series">Symbol and frame.</param>
/// <param name="Period">Its span.</param>
/// <param name="State">How it ended.</param>
/// <param name="Candles">What it changed in the store; nothing where files are kept as they are.</param>
/// <param name="Refused">Rows that are no possible candle.</param>
/// <param name="IsRevised">An earlier version was here, and another is published now.</param>
/// <param name="Fault">Why it is unusable; null when it is not.</param>
public sealed record DownloadedFile(
    SeriesInfo Series, ArchivePeriod Period, ArchiveState State, RepairCounts Candles = default, long Refused = 0,
    bool IsRevised = false, string? Fault = null)
{
    public override string ToString() => $"{Series} {Period}";
}
