using System.Text.Json;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>Candles of trades, and of mark, index and premium.</summary>
internal sealed class KlineEndpoints(IMarket market, SymbolDirectory symbols) : IExchangePart
{
    private const int Usual = 500;
    private const int Most = 1_500;
    private const int PremiumDecimals = 8;

    private delegate IReadOnlyList<PriceKlineRow> Prices(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit);

    public IEnumerable<Endpoint> Endpoints =>
    [
        new("GET", "/fapi/v1/klines", Security.None, call => Klines(call, symbols.Needed(call.Parameters, out var symbol), symbol)) { Weight = Weight },
        new("GET", "/fapi/v1/continuousKlines", Security.None, Continuous) { Weight = Weight },
        new("GET", "/fapi/v1/markPriceKlines", Security.None, call => OfPrices(call, symbols.Needed(call.Parameters, out var symbol), symbol, market.MarkPriceKlines)) { Weight = Weight },
        new("GET", "/fapi/v1/indexPriceKlines", Security.None, call => OfPrices(call, symbols.Pair(call.Parameters, out var symbol), symbol, market.IndexPriceKlines)) { Weight = Weight },
        new("GET", "/fapi/v1/premiumIndexKlines", Security.None, call => OfPrices(call, symbols.Needed(call.Parameters, out var symbol), symbol, Premium)) { Weight = Weight },
    ];

    private static int Weight(Parameters parameters) =>
        parameters.Whole("limit", out long? limit) is not null ? 1 : (limit ?? Usual) switch
        {
            < 100 => 1,
            < 500 => 2,
            <= 1_000 => 5,
            _ => 10,
        };

    private static Refusal? Read(Parameters parameters, out KlineInterval interval, out TimeRange range)
    {
        (interval, range) = (default, default);
        if (parameters.Text("interval", out var code) is { } missing) return missing;
        return KlineIntervals.TryParse(code, out interval)
            ? TimeRange.Read(parameters, Usual, Most, out range)
            : Refusal.UnknownInterval;
    }

    private Answer Continuous(ApiCall call)
    {
        if (call.Parameters.Text("contractType", out var type) is { } missing) return missing;
        return type == "PERPETUAL" ? Klines(call, symbols.Pair(call.Parameters, out var symbol), symbol)
            : type is "CURRENT_QUARTER" or "NEXT_QUARTER" or "TRADIFI_PERPETUAL" ? Answer.EmptyList
            : Refusal.Invalid("contractType");
    }

    private Answer Klines(ApiCall call, Refusal? unknown, int symbol)
    {
        if (unknown is not null) return unknown;
        if (Read(call.Parameters, out var interval, out var range) is { } wrong) return wrong;
        var wire = symbols.Wires[symbol];
        return Answer.Json(json =>
        {
            json.WriteStartArray();
            foreach (var row in market.Klines(symbol, interval, range.StartMs, range.EndMs, range.Limit)) WriteRow(json, wire, row);
            json.WriteEndArray();
        });
    }

    /// <summary>A candle as an array of twelve.</summary>
    public static void WriteRow(Utf8JsonWriter json, SymbolWire wire, in KlineRow row)
    {
        json.WriteStartArray();
        json.WriteNumberValue(row.OpenMs);
        wire.PriceValue(json, row.Open);
        wire.PriceValue(json, row.High);
        wire.PriceValue(json, row.Low);
        wire.PriceValue(json, row.Close);
        wire.VolumeValue(json, row.Volume);
        json.WriteNumberValue(row.CloseMs);
        json.SumValue(row.QuoteVolume);
        json.WriteNumberValue(row.Trades);
        wire.VolumeValue(json, row.TakerBuyVolume);
        json.SumValue(row.TakerBuyQuoteVolume);
        json.WriteStringValue("0"u8);
        json.WriteEndArray();
    }

    private static Answer OfPrices(ApiCall call, Refusal? unknown, int symbol, Prices prices)
    {
        if (unknown is not null) return unknown;
        if (Read(call.Parameters, out var interval, out var range) is { } wrong) return wrong;
        return Answer.Json(json =>
        {
            json.WriteStartArray();
            foreach (var row in prices(symbol, interval, range.StartMs, range.EndMs, range.Limit)) WriteRow(json, row);
            json.WriteEndArray();
        });
    }

    private static void WriteRow(Utf8JsonWriter json, in PriceKlineRow row)
    {
        json.WriteStartArray();
        json.WriteNumberValue(row.OpenMs);
        json.NumberValue(row.Open);
        json.NumberValue(row.High);
        json.NumberValue(row.Low);
        json.NumberValue(row.Close);
        json.WriteStringValue("0"u8);
        json.WriteNumberValue(row.CloseMs);
        json.WriteStringValue("0"u8);
        json.WriteNumberValue((row.CloseMs + 1 - row.OpenMs) / 1_000);
        json.WriteStringValue("0"u8);
        json.WriteStringValue("0"u8);
        json.WriteStringValue("0"u8);
        json.WriteEndArray();
    }

    // What lies between open and close is not known of the premium: they are its extremes here.
    private List<PriceKlineRow> Premium(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit)
    {
        var index = market.IndexPriceKlines(symbol, interval, startMs, endMs, limit).ToDictionary(row => row.OpenMs);
        var rows = new List<PriceKlineRow>();
        foreach (var mark in market.MarkPriceKlines(symbol, interval, startMs, endMs, limit))
        {
            if (!index.TryGetValue(mark.OpenMs, out var other)) continue;
            var open = decimal.Round((mark.Open / other.Open) - 1, PremiumDecimals);
            var close = decimal.Round((mark.Close / other.Close) - 1, PremiumDecimals);
            rows.Add(new(mark.OpenMs, mark.CloseMs, open, Math.Max(open, close), Math.Min(open, close), close));
        }

        return rows;
    }
}
