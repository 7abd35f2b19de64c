using System.Collections.Concurrent;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Tests.Ingestion;

/// <summary>What the ingestion told.</summary>
internal sealed class Notes : IIngestionListener
{
    public ConcurrentQueue<string> All { get; } = [];

    public ConcurrentQueue<string> Refused { get; } = [];

    public ConcurrentQueue<(Symbol Symbol, int Attempt, TimeSpan Wait)> Retries { get; } = [];

    public ConcurrentQueue<Exception> Failures { get; } = [];

    public int UnusableFiles { get; private set; }

    public int Mismatches { get; private set; }

    void IIngestionListener.Retrying(Symbol symbol, int attempt, TimeSpan wait, string fault) => Retries.Enqueue((symbol, attempt, wait));

    void IIngestionListener.GaveUp(Symbol symbol, int attempts, string fault) => All.Enqueue($"gave up {symbol} after {attempts}: {fault}");

    void IIngestionListener.Refused(SeriesInfo series, in Candle candle, string reason) => Refused.Enqueue($"{series} {candle.OpenTimeMs}: {reason}");

    void IIngestionListener.ArchiveUnusable(SeriesInfo series, ArchivePeriod period, string fault) => UnusableFiles++;

    void IIngestionListener.Filled(SeriesInfo series, long bars) => All.Enqueue($"filled {series} {bars}");

    void IIngestionListener.Mismatched(SeriesInfo series, in Candle streamed, in Candle final) => Mismatches++;

    void IIngestionListener.Failed(string what, Exception fault) => Failures.Enqueue(fault);
}
