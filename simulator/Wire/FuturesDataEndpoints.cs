using System.Text.Json;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>/futures/data: statistics of the last thirty days, where the market has them.</summary>
internal sealed class FuturesDataEndpoints(IMarket market, SymbolDirectory symbols) : IExchangePart
{
    private const int Usual = 30;
    private const int Most = 500;
    private const long DayMs = 86_400_000;
    private const int DaysKept = 30;

    private static readonly (KlineInterval Interval, int Minutes)[] Periods =
    [
        (KlineInterval.M5, 5), (KlineInterval.M15, 15), (KlineInterval.M30, 30), (KlineInterval.H1, 60), (KlineInterval.H2, 120),
        (KlineInterval.H4, 240), (KlineInterval.H6, 360), (KlineInterval.H12, 720), (KlineInterval.D1, 1440),
    ];

    public IEnumerable<Endpoint> Endpoints =>
    [
        Of("openInterestHist", OpenInterest),
        Of("takerlongshortRatio", TakerVolume),
        Of("basis", Basis),
        Of("topLongShortAccountRatio", _ => Refusal.NotModelled("which accounts are long or short")),
        Of("topLongShortPositionRatio", _ => Refusal.NotModelled("which accounts are long or short")),
        Of("globalLongShortAccountRatio", _ => Refusal.NotModelled("which accounts are long or short")),
    ];

    private static Endpoint Of(string name, Func<ApiCall, Answer> handle) =>
        new("GET", $"/futures/data/{name}", Security.None, handle) { Pool = RequestPool.FuturesData, Weight = static _ => 0 };

    private static Refusal? Read(ApiCall call, out (KlineInterval Interval, int Minutes) period, out TimeRange range)
    {
        (period, range) = (default, default);
        if (call.Parameters.Text("period", out var code) is { } missing) return missing;
        period = Array.Find(Periods, known => known.Interval.Code() == code);
        if (period.Minutes == 0) return Refusal.Invalid("period");
        if (TimeRange.Read(call.Parameters, Usual, Most, out range) is { } wrong) return wrong;
        return range.StartMs < call.NowMs - (DaysKept * DayMs) ? Refusal.Invalid("startTime") : null;
    }

    private Answer OpenInterest(ApiCall call)
    {
        if (symbols.Needed(call.Parameters, out var symbol) is { } unknown) return unknown;
        if (Read(call, out var period, out var range) is { } wrong) return wrong;
        var wire = symbols.Wires[symbol];
        return Rows(market.OpenInterestHistory(symbol, period.Minutes, range.StartMs, range.EndMs, range.Limit), (json, row) =>
        {
            json.WriteString("symbol", wire.EncodedName);
            json.WriteString("sumOpenInterest", wire.Symbol.Quantity(row.Steps).ToString("0.00000000"));
            json.WriteString("sumOpenInterestValue", row.Value.ToString("0.00000000"));
            json.WriteString("CMCCirculatingSupply", "0.00000000");
            json.WriteNumber("timestamp", row.TimeMs);
        });
    }

    private Answer TakerVolume(ApiCall call)
    {
        if (symbols.Needed(call.Parameters, out var symbol) is { } unknown) return unknown;
        if (Read(call, out var period, out var range) is { } wrong) return wrong;
        var wire = symbols.Wires[symbol];
        return Rows(Closed(symbol, period.Interval, range, call.NowMs), (json, row) =>
        {
            var bought = wire.Symbol.Quantity(row.TakerBuyVolume);
            var sold = wire.Symbol.Quantity(row.Volume - row.TakerBuyVolume);
            json.WriteString("buySellRatio", (sold == 0 ? 0 : bought / sold).ToString("0.0000"));
            json.WriteString("buyVol", bought.ToString("0.0000"));
            json.WriteString("sellVol", sold.ToString("0.0000"));
            json.WriteNumber("timestamp", row.OpenMs);
        });
    }

    private Answer Basis(ApiCall call)
    {
        if (symbols.Pair(call.Parameters, out var symbol) is { } unknown) return unknown;
        if (call.Parameters.Text("contractType", out var type) is { } missing) return missing;
        if (type is "CURRENT_QUARTER" or "NEXT_QUARTER") return Answer.EmptyList;
        if (type != "PERPETUAL") return Refusal.Invalid("contractType");
        if (Read(call, out var period, out var range) is { } wrong) return wrong;
        var wire = symbols.Wires[symbol];
        var rows = Closed(symbol, period.Interval, range, call.NowMs);
        var index = market.IndexPriceKlines(symbol, period.Interval, range.StartMs, range.EndMs, Math.Min(range.Limit + 1, Most)).ToDictionary(row => row.OpenMs);
        return Rows(rows.Where(row => index.ContainsKey(row.OpenMs)), (json, row) =>
        {
            var futures = wire.Symbol.Price(row.Close);
            var spot = index[row.OpenMs].Close;
            json.WriteString("indexPrice", spot.ToString("0.00000000"));
            json.WriteString("contractType", type);
            json.WriteString("basisRate", ((futures - spot) / spot).ToString("0.0000"));
            json.Number("futuresPrice", futures);
            json.WriteString("annualizedBasisRate", "");
            json.WriteString("basis", (futures - spot).ToString("0.00000000"));
            json.WriteString("pair", wire.Symbol.Pair);
            json.WriteNumber("timestamp", row.OpenMs);
        });
    }

    private IReadOnlyList<KlineRow> Closed(int symbol, KlineInterval interval, TimeRange range, long nowMs)
    {
        var lastOpenMs = interval.OpenOf(nowMs) - 1;
        return market.Klines(symbol, interval, range.StartMs, Math.Min(range.EndMs ?? lastOpenMs, lastOpenMs), range.Limit);
    }

    private static Answer Rows<T>(IEnumerable<T> rows, Action<Utf8JsonWriter, T> write) => Answer.Json(json =>
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartObject();
            write(json, row);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
