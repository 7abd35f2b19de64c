namespace FuturesBot.Domain.Market;

/// <summary>What appending a candle to a series found. A gap is an outcome, not an exception.</summary>
public enum AppendOutcome
{
    /// <summary>The next candle in line.</summary>
    Appended,

    /// <summary>Appended, but candles between the last one and this are missing.</summary>
    AppendedAfterGap,

    /// <summary>The same candle again; nothing changed.</summary>
    Duplicate,

    /// <summary>A candle of this open time was already there with other values; nothing changed.</summary>
    Conflict,

    /// <summary>Older than the last one; nothing changed.</summary>
    Late,
}
