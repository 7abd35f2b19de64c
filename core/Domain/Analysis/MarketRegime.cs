namespace FuturesBot.Domain.Analysis;

/// <summary>What kind of market the 4h candles show (spec 2.7).</summary>
public enum MarketRegime
{
    /// <summary>None of the others, too few bars, or a gap not long ago.</summary>
    Undecided,

    /// <summary>Strong ADX and EMA20, 50 and 200 in order.</summary>
    Trend,

    /// <summary>Bollinger bands narrow for long.</summary>
    Squeeze,

    /// <summary>Weak ADX and narrow bands, but averages that still slope.</summary>
    Chop,

    /// <summary>Weak ADX, narrow bands, flat averages, both edges of the range touched.</summary>
    Range,
}
