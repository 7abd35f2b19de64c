using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>Public calls whose answers are right but hold little: one index price source, no composite indices, no schedules.</summary>
internal sealed class OtherEndpoints(IMarket market, SymbolDirectory symbols) : IExchangePart
{
    public IEnumerable<Endpoint> Endpoints =>
    [
        new("GET", "/fapi/v1/constituents", Security.None, Constituents) { Weight = static _ => 2 },
        new("GET", "/fapi/v1/indexInfo", Security.None, call => OneOrNone(call, Answer.EmptyList)),
        new("GET", "/fapi/v1/assetIndex", Security.None, _ => Answer.EmptyList) { Weight = static parameters => parameters.Has("symbol") ? 1 : 10 },
        new("GET", "/fapi/v1/insuranceBalance", Security.None, Insurance),
        new("GET", "/fapi/v1/symbolAdlRisk", Security.None, AdlRisk),
        new("GET", "/fapi/v1/tradingSchedule", Security.None, call => Answer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("updateTime", call.NowMs);
            json.WriteStartObject("marketSchedules");
            json.WriteEndObject();
            json.WriteEndObject();
        })) { Weight = static _ => 5 },
        new("GET", "/fapi/v1/convert/exchangeInfo", Security.None, _ => Answer.EmptyList) { Weight = static _ => 20 },
    ];

    private Answer OneOrNone(ApiCall call, Answer answer) =>
        symbols.Optional(call.Parameters, out _) is { } wrong ? wrong : answer;

    private Answer Constituents(ApiCall call)
    {
        if (symbols.Needed(call.Parameters, out var symbol) is { } wrong) return wrong;
        var mark = market.MarkPrice(symbol);
        var wire = symbols.Wires[symbol];
        return Answer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("symbol", wire.EncodedName);
            json.WriteNumber("time", mark.TimeMs);
            json.WriteStartArray("constituents");
            json.WriteStartObject();
            json.WriteString("exchange", "binance");
            json.WriteString("symbol", wire.EncodedName);
            json.Number("price", mark.Index);
            json.WriteString("weight", "1.00000000");
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private Answer Insurance(ApiCall call)
    {
        if (symbols.Optional(call.Parameters, out var one) is { } wrong) return wrong;
        return Answer.Json(json =>
        {
            if (one < 0) json.WriteStartArray();
            json.WriteStartObject();
            json.WriteStartArray("symbols");
            foreach (var wire in symbols.Wires) json.WriteStringValue(wire.EncodedName);
            json.WriteEndArray();
            json.WriteStartArray("assets");
            json.WriteStartObject();
            json.WriteString("asset", "USDT");
            json.WriteString("marginBalance", "793930579.31584800");
            json.WriteNumber("updateTime", call.NowMs);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            if (one < 0) json.WriteEndArray();
        });
    }

    private Answer AdlRisk(ApiCall call)
    {
        if (symbols.Optional(call.Parameters, out var one) is { } wrong) return wrong;
        return Answer.Json(json =>
        {
            if (one < 0) json.WriteStartArray();
            foreach (var wire in one < 0 ? symbols.Wires : [symbols.Wires[one]])
            {
                json.WriteStartObject();
                json.WriteString("symbol", wire.EncodedName);
                json.WriteString("adlRisk", "low");
                json.WriteNumber("updateTime", call.NowMs);
                json.WriteEndObject();
            }

            if (one < 0) json.WriteEndArray();
        });
    }
}
