using System.Text.Json.Serialization;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>Candles that somebody asked for. Times are wall time but for the range.</summary>
/// <param name="Kind">repair or download.</param>
/// <param name="State">queued, running, done, failed or cancelled.</param>
/// <param name="FromMs">First open time wanted, market time.</param>
/// <param name="ToMs">End of the range, not included.</param>
/// <param name="Progress">0–1.</param>
/// <param name="Expected">Candles in the range, of all series.</param>
/// <param name="Added">Candles that were missing and are stored now.</param>
/// <param name="Missing">Candles that the exchange does not have either, of the series that are done.</param>
/// <param name="Fault">Why it failed; null when it did not.</param>
/// <param name="LeftS">Estimate of the time left, seconds; NaN when unknown. On the wire <c>left_s</c>.</param>
public sealed record DataJobView(
    long Job,
    string Kind,
    string State,
    IReadOnlyList<Symbol> Symbols,
    IReadOnlyList<TimeFrame> Timeframes,
    long FromMs,
    long ToMs,
    double Progress,
    long Expected,
    long Added,
    long Missing,
    string? Fault,
    long QueuedAtMs,
    long? StartedAtMs,
    long? EndedAtMs,
    [property: JsonPropertyName("left_s")] double LeftS);
