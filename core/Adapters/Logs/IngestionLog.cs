using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Adapters.Logs;

/// <summary>Writes what the ingestion meets into the log.</summary>
public sealed partial class IngestionLog(ILogger<IngestionLog> log) : IIngestionListener
{
    private readonly ILogger _log = log;

    /// <inheritdoc/>
    [LoggerMessage(2301, LogLevel.Warning, "Loading {Symbol} failed in attempt {Attempt}: {Fault}. Again in {Wait}")]
    public partial void Retrying(Symbol symbol, int attempt, TimeSpan wait, string fault);

    /// <inheritdoc/>
    [LoggerMessage(2302, LogLevel.Error, "{Symbol} could not be loaded in {Attempts} attempts: {Fault}")]
    public partial void GaveUp(Symbol symbol, int attempts, string fault);

    /// <inheritdoc/>
    public void Refused(SeriesInfo series, in Candle candle, string reason) => LogRefused(series, candle.OpenTimeMs, reason);

    /// <inheritdoc/>
    [LoggerMessage(2304, LogLevel.Warning, "The archive file of {Series} for {Period} cannot be used: {Fault}")]
    public partial void ArchiveUnusable(SeriesInfo series, ArchivePeriod period, string fault);

    /// <inheritdoc/>
    [LoggerMessage(2305, LogLevel.Information, "{Bars} missing candles of {Series} were filled in from the exchange")]
    public partial void Filled(SeriesInfo series, long bars);

    /// <inheritdoc/>
    public void Mismatched(SeriesInfo series, in Candle streamed, in Candle final) => LogMismatch(series, streamed, final);

    /// <inheritdoc/>
    public void Failed(string what, Exception fault) => LogFailed(fault, what);

    [LoggerMessage(2303, LogLevel.Warning, "A candle of {Series} that opens at {OpenTimeMs} was refused: {Reason}")]
    private partial void LogRefused(SeriesInfo series, long openTimeMs, string reason);

    [LoggerMessage(2306, LogLevel.Warning, "A candle of {Series} came as {Streamed} and is {Final}; the latter is stored now")]
    private partial void LogMismatch(SeriesInfo series, Candle streamed, Candle final);

    [LoggerMessage(2307, LogLevel.Warning, "Failed this time: {What}")]
    private partial void LogFailed(Exception fault, string what);
}
