namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>A step of the leverage table.</summary>
/// <param name="Bracket">Its number, from 1.</param>
/// <param name="LeverageMax">Up to here.</param>
/// <param name="NotionalFloor">From this position value, quote units.</param>
/// <param name="NotionalCap">To this one.</param>
/// <param name="MaintenanceRatio">Maintenance margin as a fraction of the value.</param>
/// <param name="Cumulative">Taken off it, quote units.</param>
public readonly record struct LeverageStep(
    int Bracket, int LeverageMax, decimal NotionalFloor, decimal NotionalCap, decimal MaintenanceRatio, decimal Cumulative);
