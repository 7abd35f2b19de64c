namespace FuturesBot.Domain.Analysis;

/// <summary>Which candles a volume profile holds (spec 2.6).</summary>
public enum ProfileWindow
{
    /// <summary>Those of the last hours, 24 unless set otherwise.</summary>
    Rolling,

    /// <summary>
    /// Those since the start of the trading session that started last (Asia 00–08, Europe 07–16, US 13–22
    /// UTC); between 22 and 24 UTC there is none.
    /// </summary>
    Session,
}
