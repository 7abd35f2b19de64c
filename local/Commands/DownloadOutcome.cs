using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Local.Commands;

/// <summary>What <c>download</c> has to tell.</summary>
/// <param name="Archive">From where.</param>
/// <param name="Target">The store's file, or the folder of the files.</param>
/// <param name="IsStore">True for a store.</param>
/// <param name="Report">What became of the files.</param>
/// <param name="Series">How complete the stored candles are, between the first and the last file; empty for a folder.</param>
internal sealed record DownloadOutcome(
    Uri Archive, string Target, bool IsStore, DownloadReport Report, IReadOnlyList<SeriesIntegrity> Series)
{
    /// <summary>Series of which the archive has no file at all in the span.</summary>
    public IReadOnlyList<SeriesInfo> Absent =>
        [.. Report.Files.GroupBy(file => file.Series)
            .Where(files => files.All(file => file.State == ArchiveState.NotThere))
            .Select(files => files.Key)];

    /// <summary>Every file that is out is here, and every row of them became a candle.</summary>
    public bool IsGood => Report.Files.Count > 0 && Report.Unusable.Count == 0 && Report.Refused == 0 && Absent.Count == 0;
}
