using System.Text.Json.Serialization;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>A symbol's order book now. Levels are there even when the book is not to be believed; numbers are then null.</summary>
/// <param name="TimeMs">Market time of the reading.</param>
/// <param name="Trust">disconnected, buffering, snapshot, synced, gap, stale or crossed (spec 2.15).</param>
/// <param name="Believed">Synced and young enough: the features below count.</param>
/// <param name="Reason">Why it is not believed, in words; null when it is.</param>
/// <param name="LastUpdateId">Of the last update applied; 0 when there is none.</param>
/// <param name="AgeMs">Wall time since the last update, milliseconds; NaN when none came. On the wire <c>age_ms</c>.</param>
/// <param name="Resyncs">How often it had to be built anew.</param>
/// <param name="Gaps">Updates that did not continue it; null when the host does not count them by symbol.</param>
/// <param name="Bids">The best first.</param>
/// <param name="Asks">The best first.</param>
/// <param name="SpreadBp">(ask − bid) / mid, hundredths of a percent.</param>
/// <param name="Microprice">Price between bid and ask, nearer to the side with less quantity.</param>
/// <param name="Imbalance">−1…+1, bids positive, weighted exp(−d / 10 bp) within 50 bp (spec 2.4).</param>
/// <param name="ImbalanceMedian">Median of its samples of the last 20 s.</param>
/// <param name="Imbalance20">−1…+1 over the best 20 levels, unweighted.</param>
/// <param name="Depth">Within 10, 25 and 50 bp.</param>
/// <param name="Flow">Over 10 and 60 seconds.</param>
public sealed record OrderBookView(
    Symbol Symbol,
    long TimeMs,
    string Trust,
    bool Believed,
    string? Reason,
    long LastUpdateId,
    [property: JsonPropertyName("age_ms")] double AgeMs,
    int Resyncs,
    long? Gaps,
    IReadOnlyList<BookLevelView> Bids,
    IReadOnlyList<BookLevelView> Asks,
    double Mid,
    double SpreadBp,
    double Microprice,
    double Imbalance,
    double ImbalanceMedian,
    double Imbalance20,
    IReadOnlyList<BookDepthView> Depth,
    IReadOnlyList<BookFlowView> Flow);
