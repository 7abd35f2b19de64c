namespace FuturesBot.Simulator.Wire;

/// <summary>Who makes a call.</summary>
/// <param name="Address">IP address: limits count by it.</param>
/// <param name="Key">The API key that was sent; empty without one.</param>
internal readonly record struct Caller(string Address, string Key);
