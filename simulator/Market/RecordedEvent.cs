namespace FuturesBot.Simulator.Market;

/// <summary>One line of a depth recording, in order of the file.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">Place among the lines of its kind.</param>
/// <param name="DueMs">Greatest event time so far: streams may run some milliseconds behind each other.</param>
internal readonly record struct RecordedEvent(RecordedKind Kind, int Place, long DueMs);
