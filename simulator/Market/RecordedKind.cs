namespace FuturesBot.Simulator.Market;

/// <summary>What one line of a depth recording is.</summary>
internal enum RecordedKind : byte
{
    Depth,
    Ticker,
    Trade,
}
