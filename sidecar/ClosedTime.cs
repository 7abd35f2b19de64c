using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Sidecar;

/// <summary>What closed at one moment.</summary>
/// <param name="CloseMs">Market time, UTC, Unix milliseconds.</param>
/// <param name="Candles">Of all frames, five minutes among them.</param>
/// <param name="Contexts">What candles cannot tell, of the symbols of which something is known; empty where nothing is decided.</param>
/// <param name="IsStored">It came from the store.</param>
/// <param name="TraceParent">W3C trace context of its arrival; null when nobody traces.</param>
internal sealed record ClosedTime(
    long CloseMs, IReadOnlyList<FeedCandle> Candles, IReadOnlyList<SymbolContext> Contexts, bool IsStored, string? TraceParent = null);
