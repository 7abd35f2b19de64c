using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>What a download did, file by file.</summary>
/// <param name="Files">In order of series, then time.</param>
public sealed record DownloadReport(IReadOnlyList<DownloadedFile> Files)
{
    public RepairCounts Candles => Files.Aggregate(default(RepairCounts), (sum, file) => sum + file.Candles);

    public IReadOnlyList<DownloadedFile> Unusable => [.. In(ArchiveState.Unusable)];

    public IReadOnlyList<DownloadedFile> Revised => [.. Files.Where(file => file.IsRevised)];

    public long Refused => Files.Sum(file => file.Refused);

    public int Count(ArchiveState state) => In(state).Count();

    private IEnumerable<DownloadedFile> In(ArchiveState state) => Files.Where(file => file.State == state);
}
