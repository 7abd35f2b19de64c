using System.Globalization;
using System.Text.Json;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Market;
using FuturesBot.Simulator.Trading;
using FuturesBot.Simulator.Wire;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Simulator.Tests.Trading;

/// <summary>The calls of trading on a generated market, without a server between.</summary>
internal sealed class TradingDesk : ISettling
{
    private const long Start = 1_759_276_800_000;   // 2025-10-01T00:00Z

    private readonly TradingPart _part;
    private readonly Dictionary<string, Endpoint> _endpoints;

    public TradingDesk(ExchangeChanges? changes = null, TradingOptions? options = null)
    {
        Market = new(new GeneratedSource(seed: 1, Start), new() { StartAtMs = Start + (2 * 3_600_000) });
        _part = new(Market, Events, changes ?? new(), this, Wall, options ?? new());
        _endpoints = _part.Endpoints.ToDictionary(endpoint => endpoint.ToString());
    }

    public MarketEngine Market { get; }

    public EventTape Events { get; } = new();

    public ManualTime Wall { get; } = new();

    public IEnumerable<Endpoint> Endpoints => _endpoints.Values;

    public long HiddenMs { get; set; }

    public TradingEngine Engine => _part.Engine;

    public decimal Bid => Market.Symbols[0].Price(Market.Book(0).BackgroundBid);

    public decimal Ask => Market.Symbols[0].Price(Market.Book(0).BackgroundAsk);

    public long HiddenForMs(string path, string symbol) => HiddenMs;

    public long TriggersForMs(string symbol) => 0;

    /// <summary>Moves the market by so many milliseconds.</summary>
    public void Pass(long milliseconds) => Market.MoveTo(Market.NowMs + milliseconds, _part.Listener);

    /// <summary>A call such as <c>POST /fapi/v1/order</c>.</summary>
    public (int Status, JsonElement Body) Call(string call, params (string Name, object Value)[] sent)
    {
        var form = string.Join('&', sent.Select(pair =>
            $"{pair.Name}={Uri.EscapeDataString(Convert.ToString(pair.Value, CultureInfo.InvariantCulture)!)}"));
        var endpoint = _endpoints[call];
        var parameters = new Parameters("", form);
        Assert.True(endpoint.Weight(parameters) >= 0 && endpoint.Orders(parameters) >= 0);
        var answer = endpoint.Handle(new(endpoint, parameters, Market.NowMs, "simulator"));
        return (answer.Status, JsonDocument.Parse(answer.Body).RootElement);
    }

    /// <summary>Must be accepted.</summary>
    public JsonElement Ok(string call, params (string Name, object Value)[] sent)
    {
        var (status, body) = Call(call, sent);
        Assert.True(status == 200, $"{call} was answered with {status} {body}");
        return body;
    }

    /// <summary>Code of the refusal.</summary>
    public int Code(string call, params (string Name, object Value)[] sent)
    {
        var (status, body) = Call(call, sent);
        Assert.True(status >= 400 && body.GetProperty("msg").GetString()!.Length > 0, $"{call} was answered with {status} {body}");
        return body.GetProperty("code").GetInt32();
    }

    /// <summary>A market order for BTCUSDT that must be accepted.</summary>
    public JsonElement TradeAtMarket(string side, decimal quantity, bool reduceOnly = false) => Ok(
        "POST /fapi/v1/order", ("symbol", "BTCUSDT"), ("side", side), ("type", "MARKET"), ("quantity", quantity),
        ("reduceOnly", reduceOnly ? "true" : "false"), ("newOrderRespType", "RESULT"));

    /// <summary>A limit order for BTCUSDT that must be accepted.</summary>
    public JsonElement Limit(string side, decimal quantity, decimal price, string id) => Ok(
        "POST /fapi/v1/order", ("symbol", "BTCUSDT"), ("side", side), ("type", "LIMIT"), ("timeInForce", "GTC"), ("quantity", quantity),
        ("price", price), ("newClientOrderId", id));

    /// <summary>A closing stop for BTCUSDT that must be accepted.</summary>
    public JsonElement Stop(string side, decimal trigger, string id) => Ok(
        "POST /fapi/v1/algoOrder", ("algoType", "CONDITIONAL"), ("symbol", "BTCUSDT"), ("side", side), ("type", "STOP_MARKET"),
        ("triggerPrice", trigger), ("closePosition", "true"), ("workingType", "MARK_PRICE"), ("priceProtect", "FALSE"), ("clientAlgoId", id));
}
