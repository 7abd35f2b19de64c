using System.Text.Json.Serialization;

namespace FuturesBot.Dashboard;

/// <summary>The process itself.</summary>
/// <param name="UptimeS">Wall time since the start, seconds. On the wire <c>uptime_s</c>.</param>
/// <param name="MemoryBytes">Working set.</param>
/// <param name="HeapBytes">Managed heap.</param>
/// <param name="Collections">Garbage collections of the oldest generation since the start.</param>
/// <param name="StoreBytes">Size of the store's file with its write-ahead log; null when unknown.</param>
/// <param name="StoreRows">Candles in the store at the last survey; null before the first.</param>
/// <param name="Threads">Of the thread pool.</param>
public sealed record ProcessView(
    [property: JsonPropertyName("uptime_s")] double UptimeS,
    long MemoryBytes,
    long HeapBytes,
    int Collections,
    long? StoreBytes,
    long? StoreRows,
    int Threads);
