namespace FuturesBot.Engine.Ingestion;

/// <summary>How far a download is.</summary>
/// <param name="Done">Files that are done.</param>
/// <param name="Total">Files there are to get; it grows when days stand in for a month that is not out.</param>
/// <param name="Last">The last one.</param>
/// <param name="Elapsed">Wall time since the start.</param>
public readonly record struct DownloadProgress(int Done, int Total, DownloadedFile Last, TimeSpan Elapsed)
{
    /// <summary>Wall time left at this rate; null at the start.</summary>
    public TimeSpan? Left => Done > 0 ? Elapsed / Done * (Total - Done) : null;
}
