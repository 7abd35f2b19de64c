namespace FuturesBot.Dashboard;

/// <summary>Request weight of one minute of wall time.</summary>
/// <param name="EndMs">Its end.</param>
/// <param name="Ours">The most that was seen of ours in it.</param>
/// <param name="Used">The same of the whole address.</param>
public readonly record struct WeightMinuteView(long EndMs, int Ours, int Used);
