using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FuturesBot.Dashboard;

/// <summary>What the market does and how the kernel sees it.</summary>
internal static class MarketEndpoints
{
    private const int CandlesDefault = 500;

    public static void Map(IEndpointRouteBuilder routes, IDashboardSource source)
    {
        routes.MapGet("/api/symbols", () => Reply.Json(source.Symbols()))
            .Describe("market", "Every symbol of this run, BTC first.").Returns<IReadOnlyList<SymbolView>>();
        routes.MapGet("/api/regimes", () => Reply.Json(source.Regimes()))
            .Describe("market", "The regime of every symbol.").Returns<IReadOnlyList<RegimeView>>();
        routes.MapGet("/api/candles", async (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var (symbol, frame, limit) = (query.Symbol(), query.Frame(), query.Limit(CandlesDefault));
            if (query.Fault is { } fault) return fault;
            var candles = await source.CandlesAsync(symbol, frame, limit, request.HttpContext.RequestAborted);
            return Reply.Json(candles.Select(c => CandleView.From(c)));
        }).Describe(
            "market", "The newest closed candles, oldest first.",
            ApiParameter.Symbol, ApiParameter.Frame, ApiParameter.Limit(CandlesDefault)).Returns<IReadOnlyList<CandleView>>();
        routes.MapGet("/api/indicators", async (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var (symbol, frame, limit) = (query.Symbol(), query.Frame(), query.Limit(CandlesDefault));
            return query.Fault ?? Reply.Json(await source.IndicatorsAsync(symbol, frame, limit, request.HttpContext.RequestAborted));
        }).Describe(
            "market", "Indicators of the same candles that /api/candles gives.",
            ApiParameter.Symbol, ApiParameter.Frame, ApiParameter.Limit(CandlesDefault)).Returns<IndicatorsView>();
        routes.MapGet("/api/zones", (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var (symbol, frame) = (query.Symbol(), query.Frame());
            return query.Fault ?? Reply.Json(source.Zones(symbol, frame));
        }).Describe("market", "Support, resistance and volume profile.", ApiParameter.Symbol, ApiParameter.Frame)
            .Returns<ZonesView>();
        routes.MapGet("/api/why", (HttpRequest request) =>
        {
            var query = new Query(request, source);
            var symbol = query.Symbol();
            return query.Fault ?? Reply.Json(source.Why(symbol));
        }).Describe("market", "Why there is, or is no, signal: every predicate with value and threshold.", ApiParameter.Symbol)
            .Returns<WhyView>();
    }
}
