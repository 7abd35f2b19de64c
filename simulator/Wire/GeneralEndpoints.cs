using System.Text.Json;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>Ping, time and exchangeInfo.</summary>
internal sealed class GeneralEndpoints(SymbolDirectory symbols, ExchangeContext context, FaultControl faults) : IExchangePart
{
    private static readonly string[] OrderTypes =
        ["LIMIT", "MARKET", "STOP", "STOP_MARKET", "TAKE_PROFIT", "TAKE_PROFIT_MARKET", "TRAILING_STOP_MARKET"];

    private static readonly string[] TimesInForce = ["GTC", "IOC", "FOK", "GTX", "GTD"];

    public IEnumerable<Endpoint> Endpoints =>
    [
        new("GET", "/fapi/v1/ping", Security.None, _ => Answer.Empty),
        new("GET", "/fapi/v1/time", Security.None, call => Answer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("serverTime", call.NowMs + faults.SkewMs);
            json.WriteEndObject();
        })),
        new("GET", "/fapi/v1/exchangeInfo", Security.None, ExchangeInfo),
    ];

    private Answer ExchangeInfo(ApiCall call)
    {
        var strange = faults.OfCall(FaultKind.UnknownEnums, call.Endpoint.ToString(), null) is not null;
        return Answer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("timezone", "UTC");
            json.WriteNumber("serverTime", call.NowMs + faults.SkewMs);
            json.WriteString("futuresType", "U_MARGINED");
            WriteLimits(json, strange);
            json.WriteStartArray("exchangeFilters");
            json.WriteEndArray();
            WriteAssets(json);
            json.WriteStartArray("symbols");
            foreach (var wire in symbols.Wires.Where(wire => IsListed(wire.Symbol))) WriteSymbol(json, wire.Symbol, call.NowMs, strange);
            if (strange) WriteSymbol(json, StrangeLike(symbols.Wires[0].Symbol), call.NowMs, strange);
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static MarketSymbol StrangeLike(MarketSymbol symbol) => symbol with
    {
        Symbol = Domain.Market.Symbol.Parse("MOONUSDT"),
        Pair = "MOONUSDT",
        BaseAsset = "MOON",
        ContractType = "LUNAR_PERPETUAL",
        Status = "ECLIPSED",
        UnderlyingType = "CRATER",
    };

    private bool IsListed(MarketSymbol symbol) =>
        (context.Changes.TradFi || symbol.ContractType != "TRADIFI_PERPETUAL")
        && (context.Changes.ChineseSymbols || symbol.Symbol.Name.All(char.IsAscii));

    private static void WriteLimits(Utf8JsonWriter json, bool strange)
    {
        json.WriteStartArray("rateLimits");
        Limit("REQUEST_WEIGHT", "MINUTE", 1, 2_400);
        Limit("ORDERS", "MINUTE", 1, 1_200);
        Limit("ORDERS", "SECOND", 10, 300);
        if (strange) Limit("PHOTONS", "FORTNIGHT", 1, 1);
        json.WriteEndArray();

        void Limit(string type, string interval, int count, int limit)
        {
            json.WriteStartObject();
            json.WriteString("rateLimitType", type);
            json.WriteString("interval", interval);
            json.WriteNumber("intervalNum", count);
            json.WriteNumber("limit", limit);
            json.WriteEndObject();
        }
    }

    private static void WriteAssets(Utf8JsonWriter json)
    {
        json.WriteStartArray("assets");
        json.WriteStartObject();
        json.WriteString("asset", "USDT");
        json.WriteBoolean("marginAvailable", true);
        json.WriteString("autoAssetExchange", "-10000");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private void WriteSymbol(Utf8JsonWriter json, MarketSymbol symbol, long nowMs, bool strange)
    {
        json.WriteStartObject();
        json.WriteString("symbol", symbol.Symbol.Name);
        json.WriteString("pair", symbol.Pair);
        json.WriteString("contractType", symbol.ContractType);
        json.WriteNumber("deliveryDate", symbol.DeliveryMs);
        json.WriteNumber("onboardDate", symbol.OnboardMs);
        json.WriteString("status", symbol.StatusAt(nowMs));
        json.WriteString("maintMarginPercent", "2.5000");
        json.WriteString("requiredMarginPercent", "5.0000");
        json.WriteString("baseAsset", symbol.BaseAsset);
        json.WriteString("quoteAsset", symbol.QuoteAsset);
        json.WriteString("marginAsset", symbol.MarginAsset);
        json.WriteNumber("pricePrecision", symbol.PriceDecimals);
        json.WriteNumber("quantityPrecision", symbol.QuantityDecimals);
        json.WriteNumber("baseAssetPrecision", 8);
        json.WriteNumber("quotePrecision", 8);
        json.WriteString("underlyingType", symbol.UnderlyingType);
        Texts(json, "underlyingSubType", symbol.UnderlyingSubTypes);
        json.Number("triggerProtect", symbol.TriggerProtect);
        json.Number("liquidationFee", symbol.LiquidationFee);
        json.Number("marketTakeBound", symbol.MarketTakeBound);
        json.WriteNumber("maxMoveOrderLimit", 10_000);
        WriteFilters(json, symbol, strange);
        Texts(json, "orderTypes", strange ? [.. OrderTypes, "WISH"] : OrderTypes);
        Texts(json, "timeInForce", strange ? [.. TimesInForce, "GTM"] : TimesInForce);
        Texts(json, "permissionSets", ["GRID", "COPY"]);
        json.WriteEndObject();
    }

    private void WriteFilters(Utf8JsonWriter json, MarketSymbol symbol, bool strange)
    {
        json.WriteStartArray("filters");
        Filter("PRICE_FILTER", ("minPrice", symbol.MinPrice), ("maxPrice", symbol.MaxPrice), ("tickSize", symbol.TickSize));
        Filter("LOT_SIZE", ("minQty", symbol.MinQuantity), ("maxQty", symbol.MaxQuantity), ("stepSize", symbol.StepSize));
        Filter("MARKET_LOT_SIZE", ("minQty", symbol.MinQuantity), ("maxQty", symbol.MaxMarketQuantity), ("stepSize", symbol.StepSize));
        Count("MAX_NUM_ORDERS", symbol.MaxOrders);
        if (!context.Changes.NoAlgoOrdersFilter) Count("MAX_NUM_ALGO_ORDERS", symbol.MaxAlgoOrders);
        Filter("MIN_NOTIONAL", ("notional", symbol.MinNotional));
        json.WriteStartObject();
        json.WriteString("filterType", "PERCENT_PRICE");
        json.WriteString("multiplierUp", symbol.MultiplierUp.ToString("0.0000"));
        json.WriteString("multiplierDown", symbol.MultiplierDown.ToString("0.0000"));
        json.WriteString("multiplierDecimal", "4");
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("filterType", "POSITION_RISK_CONTROL");
        json.WriteString("positionControlSide", "NONE");
        json.WriteEndObject();
        if (strange) Filter("GRAVITY", ("minPull", 1.62m));
        json.WriteEndArray();

        void Filter(string type, params ReadOnlySpan<(string Name, decimal Value)> numbers)
        {
            json.WriteStartObject();
            json.WriteString("filterType", type);
            foreach (var (name, value) in numbers) json.Number(name, value);
            json.WriteEndObject();
        }

        void Count(string type, int limit)
        {
            json.WriteStartObject();
            json.WriteString("filterType", type);
            json.WriteNumber("limit", limit);
            json.WriteEndObject();
        }
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
