namespace FuturesBot.Dashboard;

/// <summary>Zones as they stood from a bar's close on.</summary>
/// <param name="Bar">Index of that candle.</param>
public sealed record ReplayZonesView(int Bar, IReadOnlyList<ZoneView> Zones);
