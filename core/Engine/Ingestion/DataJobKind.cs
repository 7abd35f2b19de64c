namespace FuturesBot.Engine.Ingestion;

/// <summary>What somebody wants of the stored candles.</summary>
public enum DataJobKind
{
    /// <summary>The missing candles of a range.</summary>
    Repair,

    /// <summary>Candles of the past.</summary>
    Download,
}
