using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>Books and trades.</summary>
internal sealed class BookEndpoints(IMarket market, SymbolDirectory symbols, FaultControl faults, StaleBooks stale) : IExchangePart
{
    private const int DepthLimit = 500;
    private const int TradesMax = 1_000;

    private static readonly int[] DepthLimits = [5, 10, 20, 50, 100, 500, 1_000];

    public IEnumerable<Endpoint> Endpoints =>
    [
        new("GET", "/fapi/v1/depth", Security.None, call => Depth(call, DepthLimits, DepthLimit)) { Weight = DepthWeight },

        // No RPI orders are modelled: the book that includes them is the same.
        new("GET", "/fapi/v1/rpiDepth", Security.None, call => Depth(call, [1_000], 1_000)) { Weight = static _ => 20 },
        new("GET", "/fapi/v1/trades", Security.None, call => Trades(call, fromId: null)) { Weight = static _ => 5 },
        new("GET", "/fapi/v1/historicalTrades", Security.Key, HistoricalTrades) { Weight = static _ => 20 },
        new("GET", "/fapi/v1/aggTrades", Security.None, AggTrades) { Weight = static _ => 20 },
    ];

    private static int DepthWeight(Parameters parameters) =>
        parameters.Whole("limit", out long? limit) is not null ? 1 : (limit ?? DepthLimit) switch
        {
            <= 50 => 2,
            <= 100 => 5,
            <= 500 => 10,
            _ => 20,
        };

    private Answer Depth(ApiCall call, int[] limits, int otherwise)
    {
        if (symbols.Needed(call.Parameters, out var symbol) is { } wrong) return wrong;
        if (call.Parameters.Whole("limit", out long? asked) is { } illegal) return illegal;
        var limit = asked ?? otherwise;
        if (!limits.Contains((int)Math.Clamp(limit, 0, int.MaxValue))) return new Refusal(-4021, $"{limit} is not valid depth limit.");

        var wire = symbols.Wires[symbol];
        var book = faults.OfCall(FaultKind.StaleSnapshot, call.Endpoint.ToString(), wire.Name) is { } strike
            ? stale.Older(symbol, call.NowMs - strike.Ms) ?? market.Book(symbol).Snapshot((int)limit)
            : market.Book(symbol).Snapshot((int)limit);
        return Answer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("lastUpdateId", book.LastUpdateId);
            json.WriteNumber("E", book.EventMs);
            json.WriteNumber("T", book.TransactionMs);
            wire.Levels(json, "bids"u8, book.Bids.Count > limit ? [.. book.Bids.Take((int)limit)] : book.Bids);
            wire.Levels(json, "asks"u8, book.Asks.Count > limit ? [.. book.Asks.Take((int)limit)] : book.Asks);
            json.WriteEndObject();
        });
    }

    private Answer HistoricalTrades(ApiCall call) =>
        call.Parameters.Whole("fromId", out long? fromId) is { } wrong ? wrong : Trades(call, fromId);

    private Answer Trades(ApiCall call, long? fromId)
    {
        if (symbols.Needed(call.Parameters, out var symbol) is { } wrong) return wrong;
        if (call.Parameters.Limit(DepthLimit, TradesMax, out var limit) is { } many) return many;
        var wire = symbols.Wires[symbol];
        return Answer.Json(json =>
        {
            json.WriteStartArray();
            foreach (var trade in market.Trades(symbol, fromId, limit))
            {
                json.WriteStartObject();
                json.WriteNumber("id", trade.Id);
                wire.Price(json, "price"u8, trade.Ticks);
                wire.Quantity(json, "qty"u8, trade.Steps);
                json.Number("quoteQty", wire.Symbol.Price(trade.Ticks) * wire.Symbol.Quantity(trade.Steps));
                json.WriteNumber("time", trade.TimeMs);
                json.WriteBoolean("isBuyerMaker", trade.BuyerIsMaker);
                json.WriteBoolean("isRPITrade", false);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private Answer AggTrades(ApiCall call)
    {
        if (symbols.Needed(call.Parameters, out var symbol) is { } wrong) return wrong;
        if (call.Parameters.Whole("fromId", out long? fromId) is { } illegal) return illegal;
        if (TimeRange.Read(call.Parameters, DepthLimit, TradesMax, out var range) is { } bad) return bad;
        var wire = symbols.Wires[symbol];
        return Answer.Json(json =>
        {
            json.WriteStartArray();
            foreach (var trade in market.AggTrades(symbol, fromId, range.StartMs, range.EndMs, range.Limit))
            {
                json.WriteStartObject();
                json.WriteNumber("a", trade.Id);
                wire.Price(json, "p"u8, trade.Ticks);
                wire.Quantity(json, "q"u8, trade.Steps);
                if (faults.Script.Changes.RpiQuantity) wire.Quantity(json, "nq"u8, trade.Steps);
                json.WriteNumber("f", trade.FirstTradeId);
                json.WriteNumber("l", trade.LastTradeId);
                json.WriteNumber("T", trade.TimeMs);
                json.WriteBoolean("m", trade.BuyerIsMaker);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }
}
