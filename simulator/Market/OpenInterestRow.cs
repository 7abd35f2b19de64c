namespace FuturesBot.Simulator.Market;

/// <summary>Open contracts at one time.</summary>
/// <param name="TimeMs">Market time.</param>
/// <param name="Steps">Base units in steps.</param>
/// <param name="Value">Quote units.</param>
public readonly record struct OpenInterestRow(long TimeMs, long Steps, decimal Value);
