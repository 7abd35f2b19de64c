namespace FuturesBot.Simulator.Market;

/// <summary>Kinds of files in the public archive; the names are its folders.</summary>
public enum ArchiveKind
{
    Klines,
    MarkPriceKlines,
    IndexPriceKlines,
    AggTrades,
    Metrics,
    FundingRate,
}
