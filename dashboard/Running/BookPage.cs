using FuturesBot.Adapters.Binance.Books;
using FuturesBot.Domain.Market;
using FuturesBot.Adapters.Sessions;

namespace FuturesBot.Dashboard.Running;

/// <summary>Order books as the page shows them.</summary>
internal sealed class BookPage(ExchangeSession? exchange) : IOrderBookSource
{
    public OrderBookView? Book(Symbol symbol, int levels) =>
        exchange?.Books?.Detail(symbol, levels) is { } detail ? Of(symbol, detail, exchange.Clock.NowMs) : null;

    internal static OrderBookView Of(Symbol symbol, BookDetail detail, long nowMs)
    {
        var reading = detail.View.Reading;
        var isBelieved = !double.IsNaN(detail.Mid);
        return new(
            symbol, nowMs, reading.Trust.ToString().ToLowerInvariant(), isBelieved,
            isBelieved ? null : ReasonOf(reading.Trust),
            reading.LastUpdateId,
            reading.AgeMs == long.MaxValue ? double.NaN : reading.AgeMs,
            reading.Resyncs, detail.Gaps,
            Side(detail.View.Bids), Side(detail.View.Asks),
            detail.Mid, reading.SpreadFraction * 10_000, detail.Microprice,
            reading.Imbalance, reading.ImbalanceMedian, detail.LevelImbalance,
            [.. detail.Depths.Select(depth => new BookDepthView(depth.WithinBp, depth.Bids, depth.Asks))],
            [.. detail.Flows.Select(flow => new BookFlowView(flow.Seconds, flow.Value))]);
    }

    private static BookLevelView[] Side(IReadOnlyList<BookLevel> levels)
    {
        var sum = 0m;
        return
        [
            .. levels.Select(level =>
            {
                var quantity = FixedPoint.ToDecimal(level.Quantity);
                return new BookLevelView(FixedPoint.ToDecimal(level.Price), quantity, sum += quantity);
            }),
        ];
    }

    private static string ReasonOf(BookTrust trust) => trust switch
    {
        BookTrust.Disconnected => "there is no stream",
        BookTrust.Buffering => "updates are kept until a snapshot is there",
        BookTrust.Snapshot => "the update that fits onto the snapshot is awaited",
        BookTrust.Gap => "an update is missing; a new snapshot is needed",
        BookTrust.Stale => "no update has come for too long",
        BookTrust.Crossed => "the best bid stands at or above the best ask",
        _ => "its last update is older than 2 seconds, or a side of it is empty",
    };
}
