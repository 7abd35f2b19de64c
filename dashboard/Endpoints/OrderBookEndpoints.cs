using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>Live order books.</summary>
internal static class OrderBookEndpoints
{
    /// <summary>Levels a side that a page may ask for.</summary>
    public const int LevelsMax = 500;

    private const int LevelsDefault = 20;

    public static void Map(IEndpointRouteBuilder routes, DashboardSources sources)
    {
        routes.MapGet("/api/orderbooks", () => sources.Books is { } books
            ? Reply.Json<IReadOnlyList<BookStateView>>([.. sources.Market.Symbols().Select(view => BookStateView.Of(view.Symbol, books.Book(view.Symbol, levels: 1)))])
            : Problems.Absent("Order books are"))
            .Describe("market", "Every symbol's order book: how far it is to be believed, its age, how often it was built anew.")
            .Returns<IReadOnlyList<BookStateView>>().Answers(StatusCodes.Status501NotImplemented);
        routes.MapGet("/api/orderbook", (HttpRequest request) =>
        {
            if (sources.Books is not { } books) return Problems.Absent("Order books are");
            var query = new Query(request, sources.Market);
            var (symbol, levels) = (query.Symbol(), query.Number("levels", LevelsDefault, min: 1, LevelsMax));
            if (query.Fault is not null) return query.Fault;
            return books.Book(symbol, levels) is { } book
                ? Reply.Json(book)
                : Problems.NotFound($"No order book is held for {symbol}");
        }).Describe(
            "market", "The best levels of an order book, how far it is to be believed, and what it says.",
            ApiParameter.Symbol, ApiParameter.Whole("levels", "on each side", 1, LevelsMax, LevelsDefault))
            .Returns<OrderBookView>().Answers(StatusCodes.Status404NotFound, StatusCodes.Status501NotImplemented);
    }
}
