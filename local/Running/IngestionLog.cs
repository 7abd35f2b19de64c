using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Local.Running;

/// <summary>Writes into the log what the ingestion meets.</summary>
internal sealed partial class IngestionLog(ILogger log) : IIngestionListener
{
    public void Retrying(Symbol symbol, int attempt, TimeSpan wait, string fault) =>
        LogRetrying(log, symbol, attempt, wait.TotalSeconds, fault);

    public void GaveUp(Symbol symbol, int attempts, string fault) => LogGaveUp(log, symbol, attempts, fault);

    public void Refused(SeriesInfo series, in Candle candle, string reason) => LogRefused(log, series, candle, reason);

    public void ArchiveUnusable(SeriesInfo series, ArchivePeriod period, string fault) => LogUnusable(log, series, period, fault);

    public void Filled(SeriesInfo series, long bars) => LogFilled(log, bars, series);

    public void Mismatched(SeriesInfo series, in Candle streamed, in Candle final) => LogMismatched(log, series, streamed, final);

    public void Failed(string what, Exception fault) => LogFailed(log, fault, what);

    [LoggerMessage(3020, LogLevel.Warning, "Loading {Symbol} failed (attempt {Attempt}), again in {Seconds} s: {Fault}")]
    private static partial void LogRetrying(ILogger log, Symbol symbol, int attempt, double seconds, string fault);

    [LoggerMessage(3021, LogLevel.Error, "Loading {Symbol} was given up after {Attempts} attempts: {Fault}")]
    private static partial void LogGaveUp(ILogger log, Symbol symbol, int attempts, string fault);

    [LoggerMessage(3022, LogLevel.Warning, "A candle of {Series} was refused, {Candle}: {Reason}")]
    private static partial void LogRefused(ILogger log, SeriesInfo series, Candle candle, string reason);

    [LoggerMessage(3023, LogLevel.Warning, "The archive's file of {Series} for {Period} cannot be used: {Fault}")]
    private static partial void LogUnusable(ILogger log, SeriesInfo series, ArchivePeriod period, string fault);

    [LoggerMessage(3024, LogLevel.Information, "{Bars} missing candles of {Series} were filled in")]
    private static partial void LogFilled(ILogger log, long bars, SeriesInfo series);

    [LoggerMessage(3025, LogLevel.Warning, "A streamed candle of {Series} was {Streamed}; the exchange's final one is {Final} and stands in the store")]
    private static partial void LogMismatched(ILogger log, SeriesInfo series, Candle streamed, Candle final);

    [LoggerMessage(3026, LogLevel.Warning, "Not done this time: {What}")]
    private static partial void LogFailed(ILogger log, Exception fault, string what);
}
