namespace FuturesBot.Dashboard;

/// <param name="Volume">Base units.</param>
public readonly record struct ProfileBinView(double Low, double High, double Volume);
