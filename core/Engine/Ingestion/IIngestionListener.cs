using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>Is told what the ingestion meets, for logs. Called from many threads; must return at once.</summary>
public interface IIngestionListener
{
    /// <summary>An attempt to load a symbol failed and is repeated.</summary>
    void Retrying(Symbol symbol, int attempt, TimeSpan wait, string fault);

    /// <summary>A symbol was given up.</summary>
    void GaveUp(Symbol symbol, int attempts, string fault);

    /// <summary>A candle was offered that is impossible, doubled, or not what was asked for.</summary>
    void Refused(SeriesInfo series, in Candle candle, string reason);

    /// <summary>An archive file could not be used; its candles come by request.</summary>
    void ArchiveUnusable(SeriesInfo series, ArchivePeriod period, string fault);

    /// <summary>A gap was filled.</summary>
    void Filled(SeriesInfo series, long bars);

    /// <summary>A streamed candle differs from the exchange's final one, which is stored now.</summary>
    void Mismatched(SeriesInfo series, in Candle streamed, in Candle final);

    /// <summary>A part of the ingestion failed this time and goes on.</summary>
    void Failed(string what, Exception fault);
}
