namespace FuturesBot.Simulator.Market;

/// <summary>The candle lengths that the exchange serves, the shortest first.</summary>
public enum KlineInterval
{
    M1,
    M3,
    M5,
    M15,
    M30,
    H1,
    H2,
    H4,
    H6,
    H8,
    H12,
    D1,
    D3,
    W1,
    Month,
}
