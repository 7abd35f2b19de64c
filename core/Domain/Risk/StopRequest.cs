using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Risk;

/// <summary>What a stop is placed from. Prices in quote units.</summary>
/// <param name="Entry">Price that the distance is measured from.</param>
/// <param name="Atr">ATR of the strategy's frame, above 0.</param>
/// <param name="Anchor">The strategy's own stop level; NaN = it has none.</param>
/// <param name="LastSwing">Last confirmed swing on the losing side; NaN = none.</param>
/// <param name="UseZones">False for Action Price: its stop is not moved behind zones (spec 2.8b).</param>
public readonly record struct StopRequest(
    Side Side,
    double Entry,
    double Atr,
    double Anchor = double.NaN,
    double LastSwing = double.NaN,
    bool UseZones = true);
