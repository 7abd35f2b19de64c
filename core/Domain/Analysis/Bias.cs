namespace FuturesBot.Domain.Analysis;

/// <summary>Which way a slow measure leans. The value is the sign.</summary>
public enum Bias
{
    Bearish = -1,
    Neutral = 0,
    Bullish = 1,
}
