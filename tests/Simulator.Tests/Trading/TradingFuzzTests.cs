using System.Text.Json;
using Xunit;

namespace FuturesBot.Simulator.Tests.Trading;

/// <summary>Random calls on a generated market, checked by what the exchange itself answers and tells.</summary>
public sealed class TradingFuzzTests
{
    private static readonly string[] Strange =
    [
        "", "0", "-1", "1e5", "NaN", "Infinity", "9223372036854775808", "79228162514264337593543950335", "0.000000000000000000000000001",
        "true", "null", "[]", "[\"\\ud800\"]", "{\"a\":1}", "[{\"symbol\":\"BTCUSDT\",\"side\":\"\\ud800\"}]", "BTCUSDT", "比特币USDT", "LIMIT",
        "STOP_MARKET", "BUY", "GTC", "GTD", "-9223372036854775808", " 1", "1,5", "١",
    ];

    public static TheoryData<int> Seeds => [1, 2, 3];

    [Theory, MemberData(nameof(Seeds))]
    public void AnyCalls_WhileTheMarketMoves_LeaveAnswersThatAddUp(int seed)
    {
        var random = new Random(seed);
        var desk = new TradingDesk();
        for (var step = 0; step < 400; step++)
        {
            Act(desk, random, step);
            if (step % 20 == 0) Check(desk, $"seed {seed}, step {step}");
        }

        Assert.True(desk.Events.Types.ToHashSet().IsSupersetOf(["ORDER_TRADE_UPDATE", "ACCOUNT_UPDATE", "ALGO_UPDATE", "TRADE_LITE"]));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void AnyRubbish_IsRefusedInWordsAndChangesNothing(int seed)
    {
        var random = new Random(seed);
        var desk = new TradingDesk();
        var endpoints = desk.Endpoints.ToArray();
        string[] names =
        [
            "symbol", "side", "type", "timeInForce", "quantity", "price", "reduceOnly", "closePosition", "newClientOrderId", "orderId",
            "origClientOrderId", "algoId", "clientAlgoId", "algoType", "triggerPrice", "workingType", "priceMatch", "goodTillDate", "startTime",
            "endTime", "limit", "page", "fromId", "leverage", "marginType", "countdownTime", "batchOrders", "orderIdList", "stopPrice",
            "origClientOrderIdList", "dualSidePosition", "incomeType", "positionSide", "selfTradePreventionMode", "newOrderRespType",
        ];
        for (var call = 0; call < 3_000; call++)
        {
            var endpoint = endpoints[random.Next(endpoints.Length)].ToString();
            var sent = names.Where(_ => random.Next(3) == 0).Select(name => (name, (object)Strange[random.Next(Strange.Length)])).ToArray();
            var (status, body) = desk.Call(endpoint, sent);
            var where = $"seed {seed}: {endpoint} {string.Join('&', sent)} was answered with {status} {body}";
            if (status == 200) continue;
            Assert.True(status is 400 or 501, where);
            Assert.True(body.GetProperty("code").GetInt32() < 0 && body.GetProperty("msg").GetString()!.Length > 0, where);
        }

        Assert.Equal(10_000m, desk.Engine.Account.Wallet);
        Assert.Equal(0, desk.Ok("GET /fapi/v1/openOrders").GetArrayLength());
    }

    private static void Act(TradingDesk desk, Random random, int step)
    {
        var side = random.Next(2) == 0 ? "BUY" : "SELL";
        var mid = (desk.Bid + desk.Ask) / 2;
        var price = Math.Round(mid + (random.Next(-400, 401) / 10m), 1);
        var quantity = random.Next(2, 60) / 1000m;
        var reduce = random.Next(3) == 0 ? "true" : "false";
        switch (random.Next(10))
        {
            case 0 or 1:
                desk.Call(
                    "POST /fapi/v1/order", ("symbol", "BTCUSDT"), ("side", side), ("type", "MARKET"), ("quantity", quantity), ("reduceOnly", reduce));
                break;
            case 2 or 3 or 4:
                desk.Call(
                    "POST /fapi/v1/order", ("symbol", "BTCUSDT"), ("side", side), ("type", "LIMIT"), ("quantity", quantity), ("price", price),
                    ("timeInForce", new[] { "GTC", "IOC", "FOK", "GTX" }[random.Next(4)]), ("reduceOnly", reduce), ("newClientOrderId", $"o{step}"));
                break;
            case 5:
                desk.Call("DELETE /fapi/v1/order", ("symbol", "BTCUSDT"), ("origClientOrderId", $"o{random.Next(step + 1)}"));
                break;
            case 6:
                desk.Call(
                    "PUT /fapi/v1/order", ("symbol", "BTCUSDT"), ("side", side), ("origClientOrderId", $"o{random.Next(step + 1)}"),
                    ("quantity", quantity), ("price", price));
                break;
            case 7:
                desk.Call(
                    "POST /fapi/v1/algoOrder", ("algoType", "CONDITIONAL"), ("symbol", "BTCUSDT"), ("side", side),
                    ("type", random.Next(2) == 0 ? "STOP_MARKET" : "TAKE_PROFIT_MARKET"), ("triggerPrice", price),
                    ("workingType", random.Next(2) == 0 ? "MARK_PRICE" : "CONTRACT_PRICE"), ("quantity", quantity), ("reduceOnly", reduce));
                break;
            default:
                desk.Pass(random.Next(1, 40_000));
                break;
        }
    }

    private static void Check(TradingDesk desk, string where)
    {
        var trades = desk.Ok("GET /fapi/v1/userTrades", ("symbol", "BTCUSDT"), ("limit", 1_000)).EnumerateArray().ToArray();
        var income = desk.Ok("GET /fapi/v1/income", ("limit", 1_000)).EnumerateArray().ToArray();
        Assert.True(trades.Length < 1_000 && income.Length < 1_000, $"{where}: too much for one answer");
        var amount = trades.Sum(trade => trade.GetProperty("buyer").GetBoolean() ? Number(trade, "qty") : -Number(trade, "qty"));
        var paid = trades.Sum(trade => (trade.GetProperty("buyer").GetBoolean() ? Number(trade, "qty") : -Number(trade, "qty")) * Number(trade, "price"));
        var position = desk.Ok("GET /fapi/v2/positionRisk", ("symbol", "BTCUSDT"))[0];
        var wallet = Number(desk.Ok("GET /fapi/v3/balance")[0], "balance");
        var fees = trades.Sum(trade => Number(trade, "commission"));
        var funding = income.Where(row => row.GetProperty("incomeType").GetString() == "FUNDING_FEE").Sum(row => Number(row, "income"));

        Assert.True(amount == Number(position, "positionAmt"), $"{where}: position {position}, trades sum to {amount}");
        Assert.True(wallet == 10_000m + income.Sum(row => Number(row, "income")), $"{where}: balance {wallet} is not the sum of income");
        var mark = Number(position, "markPrice");
        var equity = 10_000m - paid - fees + funding + (amount * mark);
        Assert.True(Math.Abs(wallet + Number(position, "unRealizedProfit") - equity) <= 0.00000001m, $"{where}: equity {equity}");
        if (amount == 0) Assert.True(wallet == equity, $"{where}: balance {wallet}, trades give {equity}");
        foreach (var trade in trades)
            Assert.True(Number(trade, "commission") == Math.Round(
                Number(trade, "quoteQty") * (trade.GetProperty("maker").GetBoolean() ? 0.0002m : 0.0005m), 8), $"{where}: commission of {trade}");

        var told = desk.Events.Orders("ORDER_TRADE_UPDATE").Where(one => one.GetProperty("x").GetString() == "TRADE").ToArray();
        Assert.Equal(trades.Select(trade => trade.GetProperty("id").GetInt64()), told.Select(one => one.GetProperty("t").GetInt64()));
        var executed = told.GroupBy(one => one.GetProperty("i").GetInt64()).ToDictionary(fills => fills.Key, fills => fills.Sum(one => Number(one, "l")));
        foreach (var order in desk.Ok("GET /fapi/v1/allOrders", ("symbol", "BTCUSDT"), ("limit", 1_000)).EnumerateArray())
            Assert.True(Number(order, "executedQty") == executed.GetValueOrDefault(order.GetProperty("orderId").GetInt64()), $"{where}: {order}");
    }

    private static decimal Number(JsonElement element, string name) => decimal.Parse(element.GetProperty(name).GetString()!);
}
