namespace FuturesBot.Engine.Ports;

/// <summary>Past candles that the exchange publishes as files: reading them costs no request weight.</summary>
public interface ICandleArchive
{
    /// <summary>One file, checked against its published check sum. What is wrong with it is an answer, not an exception.</summary>
    Task<ArchiveRead> ReadAsync(SeriesInfo series, ArchivePeriod period, CancellationToken cancel = default);
}
