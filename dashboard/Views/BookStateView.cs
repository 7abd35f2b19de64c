using System.Text.Json.Serialization;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>A symbol's order book in a list of all of them.</summary>
/// <param name="Trust">As in <see cref="OrderBookView"/>; none when no book is held for the symbol.</param>
/// <param name="Believed">Its numbers count.</param>
/// <param name="Reason">Why it is not believed, in words; null when it is.</param>
/// <param name="AgeMs">Wall time since the last update, milliseconds; NaN when none came. On the wire <c>age_ms</c>.</param>
/// <param name="Resyncs">How often it had to be built anew; null when no book is held.</param>
/// <param name="Gaps">Updates that did not continue it; null when the host does not count them by symbol.</param>
/// <param name="SpreadBp">Hundredths of a percent; NaN while it is not to be believed.</param>
/// <param name="Imbalance">−1…+1, bids positive; NaN likewise.</param>
public sealed record BookStateView(
    Symbol Symbol,
    string Trust,
    bool Believed,
    string? Reason,
    [property: JsonPropertyName("age_ms")] double AgeMs,
    int? Resyncs,
    long? Gaps,
    double SpreadBp,
    double Imbalance)
{
    /// <param name="symbol">A symbol that is followed.</param>
    /// <param name="book">Null when none is held for it.</param>
    internal static BookStateView Of(Symbol symbol, OrderBookView? book) => book is null
        ? new(symbol, "none", Believed: false, "no book is held for it", double.NaN, Resyncs: null, Gaps: null, double.NaN, double.NaN)
        : new(symbol, book.Trust, book.Believed, book.Reason, book.AgeMs, book.Resyncs, book.Gaps, book.SpreadBp, book.Imbalance);
}
