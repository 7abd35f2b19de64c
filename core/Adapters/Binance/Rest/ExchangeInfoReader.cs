using System.Text.Json;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>
/// Reads exchangeInfo, to which the exchange adds fields, filters and names at will: what is not known is told once and
/// left aside, and a contract whose filters cannot be used is left out and named.
/// </summary>
internal sealed class ExchangeInfoReader(Action<string> news)
{
    private static readonly HashSet<string> TopFields =
        ["timezone", "serverTime", "futuresType", "rateLimits", "exchangeFilters", "assets", "symbols"];

    private static readonly HashSet<string> SymbolFields =
    [
        "symbol", "pair", "contractType", "deliveryDate", "onboardDate", "status", "maintMarginPercent", "requiredMarginPercent",
        "baseAsset", "quoteAsset", "marginAsset", "pricePrecision", "quantityPrecision", "baseAssetPrecision", "quotePrecision",
        "underlyingType", "underlyingSubType", "settlePlan", "triggerProtect", "liquidationFee", "marketTakeBound",
        "maxMoveOrderLimit", "filters", "orderTypes", "timeInForce", "permissionSets",
    ];

    private static readonly HashSet<string> Filters =
    [
        "PRICE_FILTER", "LOT_SIZE", "MARKET_LOT_SIZE", "MAX_NUM_ORDERS", "MAX_NUM_ALGO_ORDERS", "MIN_NOTIONAL", "PERCENT_PRICE",
        "POSITION_RISK_CONTROL",
    ];

    private static readonly HashSet<string> ContractTypes =
    [
        "", "PERPETUAL", "TRADIFI_PERPETUAL", "PERPETUAL_DELIVERING", "PERPETUAL DELIVERING", "CURRENT_MONTH", "NEXT_MONTH",
        "CURRENT_QUARTER", "NEXT_QUARTER", "CURRENT_QUARTER DELIVERING", "NEXT_QUARTER DELIVERING",
    ];

    private static readonly HashSet<string> Statuses =
    [
        "TRADING", "PENDING_TRADING", "PRE_DELIVERING", "DELIVERING", "DELIVERED", "PRE_SETTLE", "SETTLING", "CLOSE",
    ];

    private static readonly HashSet<string> UnderlyingTypes = ["COIN", "INDEX", "PREMARKET", "EQUITY", "COMMODITY", "FOREX"];

    /// <exception cref="MalformedException">There is no list of symbols.</exception>
    public ExchangeInfo Read(JsonElement root)
    {
        var entries = root.Need("symbols").List("symbols");
        TellUnknown(root, TopFields, "exchangeInfo field");
        var (symbols, leftOut) = (new List<ExchangeSymbol>(), new List<string>());
        foreach (var entry in entries)
        {
            try
            {
                symbols.Add(ReadSymbol(entry));
            }
            catch (MalformedException e)
            {
                var name = entry.TextOrEmpty("symbol");
                var line = $"{(name.Length is > 0 and <= 40 ? name : "(no name)")}: {e.Message}";
                leftOut.Add(line);
                news($"exchangeInfo symbol {line}");
            }
        }

        return new(symbols, leftOut, ReadLimits(root));
    }

    private ExchangeSymbol ReadSymbol(JsonElement entry)
    {
        var symbol = entry.Symbol();
        TellUnknown(entry, SymbolFields, "exchangeInfo symbol field");
        JsonElement? price = null, lots = null, marketLots = null, notional = null;
        foreach (var filter in entry.Need("filters").List("filters"))
        {
            var type = filter.TextOrEmpty("filterType");
            switch (type)
            {
                case "PRICE_FILTER": price = filter; break;
                case "LOT_SIZE": lots = filter; break;
                case "MARKET_LOT_SIZE": marketLots = filter; break;
                case "MIN_NOTIONAL": notional = filter; break;
                default: Tell(Filters, type, "exchangeInfo filter"); break;
            }
        }

        if (Positive(price, "tickSize") is not { } tick || Positive(lots, "stepSize") is not { } step)
            throw new MalformedException("no positive PRICE_FILTER.tickSize and LOT_SIZE.stepSize");
        var rules = new SymbolRules(
            tick, step,
            Positive(notional, "notional") ?? SymbolRules.DefaultMinNotional,
            Positive(lots, "minQty") ?? step,
            Positive(marketLots, "maxQty") ?? Positive(lots, "maxQty") ?? decimal.MaxValue);
        return new(
            symbol, rules,
            Tell(ContractTypes, entry.TextOrEmpty("contractType"), "exchangeInfo contractType"),
            Tell(UnderlyingTypes, entry.TextOrEmpty("underlyingType"), "exchangeInfo underlyingType"),
            Tell(Statuses, entry.TextOrEmpty("status"), "exchangeInfo status"),
            entry.TextOrEmpty("baseAsset"), entry.TextOrEmpty("quoteAsset"), Onboard(entry));
    }

    private static long Onboard(JsonElement entry)
    {
        try
        {
            return Math.Max(0, entry.WholeOrNull("onboardDate") ?? 0);
        }
        catch (MalformedException)
        {
            return 0;   // unknown is a listing time too: history is asked for and comes back empty
        }
    }

    private List<ListedLimit> ReadLimits(JsonElement root)
    {
        var limits = new List<ListedLimit>();
        if (!root.TryGetProperty("rateLimits", out var list) || list.ValueKind != JsonValueKind.Array) return limits;
        foreach (var entry in list.EnumerateArray())
        {
            TimeSpan? unit = entry.TextOrEmpty("interval") switch
            {
                "SECOND" => TimeSpan.FromSeconds(1),
                "MINUTE" => TimeSpan.FromMinutes(1),
                "HOUR" => TimeSpan.FromHours(1),
                "DAY" => TimeSpan.FromDays(1),
                _ => null,
            };
            try
            {
                if (unit is { } one)
                    limits.Add(new(entry.Text("rateLimitType"), one * entry.Whole("intervalNum", min: 1), (int)Math.Min(int.MaxValue, entry.Whole("limit"))));
                else news($"exchangeInfo rate limit interval '{Short(entry.TextOrEmpty("interval"))}'");
            }
            catch (Exception e) when (e is MalformedException or OverflowException)
            {
                news($"exchangeInfo rate limit: {e.Message}");
            }
        }

        return limits;
    }

    private static decimal? Positive(JsonElement? filter, string name)
    {
        try
        {
            return filter?.ExactOrNull(name) is { } value and > 0 ? value : null;
        }
        catch (MalformedException)
        {
            return null;
        }
    }

    private void TellUnknown(JsonElement owner, HashSet<string> known, string what)
    {
        foreach (var field in owner.EnumerateObject())
        {
            if (!known.Contains(field.Name)) news($"{what} '{Short(field.Name)}'");
        }
    }

    private string Tell(HashSet<string> known, string value, string what)
    {
        if (!known.Contains(value)) news($"{what} '{Short(value)}'");
        return value;
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
