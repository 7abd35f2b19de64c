using System.Text.Json;
using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>Last prices, best levels, the last 24 hours, mark price and funding.</summary>
internal sealed class TickerEndpoints(IMarket market, SymbolDirectory symbols, ExchangeContext context) : IExchangePart
{
    private const int FundingUsual = 100;
    private const int FundingMax = 1_000;

    public IEnumerable<Endpoint> Endpoints =>
    [
        new("GET", "/fapi/v1/ticker/24hr", Security.None, call => EachOrOne(call, WriteDay)) { Weight = Per(1, 40) },
        new("GET", "/fapi/v1/ticker/price", Security.None, call => EachOrOne(call, WritePrice)) { Weight = Per(1, 2) },
        new("GET", "/fapi/v2/ticker/price", Security.None, call => EachOrOne(call, WritePrice)) { Weight = Per(1, 2) },
        new("GET", "/fapi/v1/ticker/bookTicker", Security.None, call => EachOrOne(call, WriteBest)) { Weight = Per(2, 5) },
        new("GET", "/fapi/v1/premiumIndex", Security.None, call => EachOrOne(call, WriteMark)) { Weight = Per(1, 10) },
        new("GET", "/fapi/v1/openInterest", Security.None, OpenInterest),
        new("GET", "/fapi/v1/fundingRate", Security.None, FundingRates) { Pool = RequestPool.Funding },
        new("GET", "/fapi/v1/fundingInfo", Security.None, _ => FundingInfo()) { Pool = RequestPool.Funding },
    ];

    private static Func<Parameters, int> Per(int one, int all) => parameters => parameters.Has("symbol") ? one : all;

    private Answer EachOrOne(ApiCall call, Action<Utf8JsonWriter, int> write)
    {
        if (symbols.Optional(call.Parameters, out var one) is { } wrong) return wrong;
        return Answer.Json(json =>
        {
            if (one >= 0)
            {
                write(json, one);
                return;
            }

            json.WriteStartArray();
            for (var symbol = 0; symbol < symbols.Wires.Count; symbol++)
            {
                if (market.LastTicks(symbol) > 0) write(json, symbol);
            }

            json.WriteEndArray();
        });
    }

    private void WriteDay(Utf8JsonWriter json, int symbol)
    {
        var wire = symbols.Wires[symbol];
        var day = market.Ticker24h(symbol);
        json.WriteStartObject();
        json.WriteString("symbol", wire.EncodedName);
        wire.Price(json, "priceChange"u8, day.Last - day.Open);
        json.Number("priceChangePercent", Tickers.ChangePercent(day));
        json.Number("weightedAvgPrice", Tickers.WeightedAverage(wire.Symbol, day));
        wire.Price(json, "lastPrice"u8, day.Last);
        wire.Quantity(json, "lastQty"u8, day.LastSteps);
        wire.Price(json, "openPrice"u8, day.Open);
        wire.Price(json, "highPrice"u8, day.High);
        wire.Price(json, "lowPrice"u8, day.Low);
        wire.Volume(json, "volume"u8, day.Volume);
        json.Sum("quoteVolume"u8, day.QuoteVolume);
        json.WriteNumber("openTime", day.OpenMs);
        json.WriteNumber("closeTime", day.CloseMs);
        json.WriteNumber("firstId", day.FirstTradeId);
        json.WriteNumber("lastId", day.LastTradeId);
        json.WriteNumber("count", day.Trades);
        json.WriteEndObject();
    }

    private void WritePrice(Utf8JsonWriter json, int symbol)
    {
        var wire = symbols.Wires[symbol];
        json.WriteStartObject();
        json.WriteString("symbol", wire.EncodedName);
        wire.Price(json, "price"u8, market.LastTicks(symbol));
        json.WriteNumber("time", market.NowMs);
        json.WriteEndObject();
    }

    private void WriteBest(Utf8JsonWriter json, int symbol)
    {
        var wire = symbols.Wires[symbol];
        var best = market.Book(symbol).Best;
        json.WriteStartObject();
        json.WriteNumber("lastUpdateId", best.UpdateId);
        json.WriteString("symbol", wire.EncodedName);
        wire.Price(json, "bidPrice"u8, best.Bid.Ticks);
        wire.Quantity(json, "bidQty"u8, best.Bid.Steps);
        wire.Price(json, "askPrice"u8, best.Ask.Ticks);
        wire.Quantity(json, "askQty"u8, best.Ask.Steps);
        json.WriteNumber("time", best.TransactionMs);
        json.WriteEndObject();
    }

    private void WriteMark(Utf8JsonWriter json, int symbol)
    {
        var mark = market.MarkPrice(symbol);
        json.WriteStartObject();
        json.WriteString("symbol", symbols.Wires[symbol].EncodedName);
        json.Number("markPrice", mark.Mark);
        json.Number("indexPrice", mark.Index);
        json.Number("estimatedSettlePrice", mark.EstimatedSettle);
        json.WriteString("lastFundingRate", mark.FundingRate.ToString("0.00000000"));
        json.WriteString("interestRate", "0.00010000");
        json.WriteNumber("nextFundingTime", mark.NextFundingMs);
        json.WriteNumber("time", mark.TimeMs);
        json.WriteEndObject();
    }

    private Answer OpenInterest(ApiCall call)
    {
        if (symbols.Needed(call.Parameters, out var symbol) is { } wrong) return wrong;
        var wire = symbols.Wires[symbol];
        if (market.OpenInterest(symbol) is not { } open) return Refusal.NotModelled("open interest of this recorded market");
        return Answer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("symbol", wire.EncodedName);
            wire.Volume(json, "openInterest"u8, open.Steps);
            json.WriteNumber("time", open.TimeMs);
            json.WriteEndObject();
        });
    }

    private Answer FundingRates(ApiCall call)
    {
        if (symbols.Optional(call.Parameters, out var one) is { } wrong) return wrong;
        if (TimeRange.Read(call.Parameters, FundingUsual, FundingMax, out var range) is { } bad) return bad;
        var asked = one >= 0 ? [one] : Enumerable.Range(0, symbols.Wires.Count);
        var rows = asked
            .SelectMany(symbol => market.FundingRates(symbol, range.StartMs, range.EndMs, range.Limit).Select(rate => (symbol, rate)))
            .OrderBy(row => row.rate.TimeMs).ToArray();
        if (rows.Length > range.Limit) rows = range.StartMs is null ? rows[^range.Limit..] : rows[..range.Limit];
        return Answer.Json(json =>
        {
            json.WriteStartArray();
            foreach (var (symbol, rate) in rows)
            {
                json.WriteStartObject();
                json.WriteString("symbol", symbols.Wires[symbol].EncodedName);
                json.WriteNumber("fundingTime", rate.TimeMs);
                json.WriteString("fundingRate", rate.Rate.ToString("0.00000000"));
                json.WriteString("markPrice", rate.Mark.ToString("0.00000000"));
                if (context.Changes.FundingRateType) json.WriteString("rateType", "FUNDING");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private Answer FundingInfo() => Answer.Json(json =>
    {
        json.WriteStartArray();
        foreach (var wire in symbols.Wires)
        {
            json.WriteStartObject();
            json.WriteString("symbol", wire.EncodedName);
            json.WriteString("adjustedFundingRateCap", wire.Symbol.FundingCap.ToString("0.00000000"));
            json.WriteString("adjustedFundingRateFloor", (-wire.Symbol.FundingCap).ToString("0.00000000"));
            json.WriteNumber("fundingIntervalHours", wire.Symbol.FundingIntervalHours);
            json.WriteBoolean("disclaimer", false);
            json.WriteNull("updateTime");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
