using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <param name="Support">True below the price, false above: the role it plays now.</param>
/// <param name="Timeframe">Of the swings that made it.</param>
/// <param name="SinceMs">Open time of the first swing in it.</param>
/// <param name="Strength">Spec 2.5; NaN when unknown.</param>
/// <param name="Flipped">It was the other kind before.</param>
public sealed record ZoneView(
    bool Support,
    double Low,
    double High,
    TimeFrame Timeframe,
    long SinceMs,
    int Touches,
    double Strength,
    bool Flipped);
