namespace FuturesBot.Engine.Ports;

/// <summary>Past candles that the exchange publishes as files: reading them costs no request weight.</summary>
public interface ICandleArchive
{
    /// <summary>One file, checked against its published check sum. What is wrong with it is an answer, not an exception.</summary>
    /// <param name="series">Symbol and frame.</param>
    /// <param name="period">The file's span.</param>
    /// <param name="known">Check sum of the version that the caller has; nothing is read when it is still the published one.</param>
    /// <param name="cancel">Ends it.</param>
    Task<ArchiveRead> ReadAsync(
        SeriesInfo series, ArchivePeriod period, string? known = null, CancellationToken cancel = default);
}
