using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>Gets one archive file to where it belongs: into a store, or into a folder.</summary>
public interface IArchiveTaker
{
    /// <summary>Takes the file unless it is here already. What is wrong with it is an answer, not an exception.</summary>
    Task<DownloadedFile> TakeAsync(SeriesInfo series, ArchivePeriod period, CancellationToken cancel = default);
}
