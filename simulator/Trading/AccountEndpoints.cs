using FuturesBot.Simulator.Wire;
using static FuturesBot.Simulator.Trading.SignedCalls;

namespace FuturesBot.Simulator.Trading;

/// <summary>The calls that concern balance, positions and settings.</summary>
internal sealed class AccountEndpoints(TradingEngine engine, Reading reading, TradingOptions options)
{
    private const long WeekMs = 7 * 24 * 3_600_000L;

    private readonly AccountJson _account = new(engine);

    public IEnumerable<Endpoint> Endpoints =>
    [
        Get("/fapi/v2/account", 5, call => Answer.Json(json => _account.AccountV2(json, call.NowMs))),
        Get("/fapi/v3/account", 5, call => Answer.Json(json => _account.AccountV3(json, call.NowMs))),
        Get("/fapi/v2/balance", 5, call => Answer.Json(json => _account.Balance(json, call.NowMs))),
        Get("/fapi/v3/balance", 5, call => Answer.Json(json => _account.Balance(json, call.NowMs))),
        Get("/fapi/v2/positionRisk", 5, call => Positions(call, isV3: false)),
        Get("/fapi/v3/positionRisk", 5, call => Positions(call, isV3: true)),
        Get("/fapi/v1/positionSide/dual", 30, static _ => Flag("dualSidePosition", false)),
        Post("/fapi/v1/positionSide/dual", 1, SetPositionMode),
        Post("/fapi/v1/leverage", 1, SetLeverage),
        Post("/fapi/v1/marginType", 1, SetMarginType),
        Get("/fapi/v1/leverageBracket", 1, Brackets),
        Get("/fapi/v1/commissionRate", 20, Commission),
        Get("/fapi/v1/income", 30, Income),
        Get("/fapi/v1/symbolConfig", 5, SymbolConfig),
        Get("/fapi/v1/accountConfig", 5, static _ => Answer.Json(AccountJson.Config)),
        Get("/fapi/v1/multiAssetsMargin", 30, static _ => Flag("multiAssetsMargin", false)),
        Post("/fapi/v1/multiAssetsMargin", 1, SetMultiAssets),
        Get("/fapi/v1/feeBurn", 30, static _ => Flag("feeBurn", false)),
        Post("/fapi/v1/feeBurn", 1, SetFeeBurn),
        Get("/fapi/v1/apiTradingStatus", 1, call => Answer.Json(json => AccountJson.TradingStatus(json, call.NowMs))),
        Get("/fapi/v1/adlQuantile", 5, Adl),
        Get("/fapi/v1/rateLimit/order", 1, static _ => Answer.Json(AccountJson.OrderLimits)),
        Post("/fapi/v1/positionMargin", 1, static _ => Refusal.NotModelled("isolated margin")),
        Get("/fapi/v1/positionMargin/history", 1, static _ => Refusal.NotModelled("isolated margin")),
        Post("/fapi/v1/convert/getQuote", 50, static _ => Refusal.NotModelled("converting assets")),
        Post("/fapi/v1/convert/acceptQuote", 20, static _ => Refusal.NotModelled("converting assets")),
        Get("/fapi/v1/convert/orderStatus", 50, static _ => Refusal.NotModelled("converting assets")),
        .. Downloads("income").Concat(Downloads("order")).Concat(Downloads("trade")),
        Post("/fapi/v1/stock/contract", 50, static _ => Refusal.NotModelled("the agreement for contracts on stocks")),
        Get("/fapi/v1/apiReferral/ifNewUser", 1, static _ => Refusal.NotModelled("referrals")),
    ];

    private static IEnumerable<Endpoint> Downloads(string what) =>
    [
        Get($"/fapi/v1/{what}/asyn", 1_000, static _ => Refusal.NotModelled("downloads of histories")),
        Get($"/fapi/v1/{what}/asyn/id", 10, static _ => Refusal.NotModelled("downloads of histories")),
    ];

    private Answer Positions(ApiCall call, bool isV3)
    {
        if (reading.AnyDesk(call.Parameters, out var desk) is { } wrong) return wrong;
        return Answer.Json(json =>
        {
            json.WriteStartArray();
            // Version 3 leaves out contracts that have neither a position nor an order.
            foreach (var one in engine.Those(desk).Where(one => !isV3 || AccountJson.IsActive(one)))
                _account.Position(json, one, isV3);
            json.WriteEndArray();
        });
    }

    private Answer SetPositionMode(ApiCall call)
    {
        if (call.Parameters.Text("dualSidePosition", out _) is { } missing) return missing;
        if (call.Parameters.Flag("dualSidePosition", false, out var dual) is { } wrong) return wrong;
        if (!dual) return Refusals.SamePositionMode;
        if (engine.Desks.Any(desk => desk.OpenOrders + desk.Algos.Count > 0))
            return Refusals.PositionModeWithOrders;
        return engine.Desks.Any(desk => desk.Position.Amount != 0)
            ? Refusals.PositionModeWithPosition
            : Refusal.NotModelled("hedge mode");
    }

    private Answer SetLeverage(ApiCall call)
    {
        if (reading.Desk(call.Parameters, out var desk) is { } wrong) return wrong;
        if (call.Parameters.Whole("leverage", out long leverage) is { } missing) return missing;
        if (engine.SetLeverage(desk, leverage) is { } refusal) return refusal;
        return Answer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("leverage", desk.Leverage);
            json.WriteString("maxNotionalValue", AccountJson.NotionalMax);
            json.WriteString("symbol", desk.Symbol.Symbol.Name);
            json.WriteEndObject();
        });
    }

    private Answer SetMarginType(ApiCall call)
    {
        if (reading.Desk(call.Parameters, out var desk) is { } wrong) return wrong;
        if (call.Parameters.Text("marginType", out var type) is { } missing) return missing;
        if (type is not ("ISOLATED" or "CROSSED")) return Refusal.Invalid("marginType");
        if (desk.IsIsolated == (type == "ISOLATED")) return Refusals.SameMarginType;
        if (desk.OpenOrders > 0) return Refusals.MarginTypeWithOrders;
        if (desk.Position.Amount != 0) return Refusals.MarginTypeWithPosition;
        desk.IsIsolated = !desk.IsIsolated;
        return Success();
    }

    private Answer SetMultiAssets(ApiCall call)
    {
        if (call.Parameters.Flag("multiAssetsMargin", false, out var on) is { } wrong) return wrong;
        return on
            ? Refusal.NotModelled("multi-assets margin")
            : new Refusal(-4171, "Adjusted asset mode is currently set and does not need to be adjusted repeatedly.");
    }

    private static Answer SetFeeBurn(ApiCall call)
    {
        if (call.Parameters.Flag("feeBurn", false, out var on) is { } wrong) return wrong;
        return on ? Refusal.NotModelled("commission in BNB") : Success();
    }

    private Answer Brackets(ApiCall call)
    {
        if (reading.AnyDesk(call.Parameters, out var desk) is { } wrong) return wrong;
        return Answer.Json(json =>
        {
            json.WriteStartArray();
            foreach (var one in engine.Those(desk))
                AccountJson.Brackets(json, one, options.LeverageMax);
            json.WriteEndArray();
        });
    }

    private Answer Commission(ApiCall call)
    {
        if (reading.Desk(call.Parameters, out var desk) is { } wrong) return wrong;
        return Answer.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("symbol", desk.Symbol.Symbol.Name);
            json.Number("makerCommissionRate", options.MakerRate);
            json.Number("takerCommissionRate", options.TakerRate);
            json.WriteEndObject();
        });
    }

    private Answer Income(ApiCall call)
    {
        var sent = call.Parameters;
        if (reading.AnyDesk(sent, out var desk) is { } wrong) return wrong;
        if (sent.Limit(100, 1_000, out var limit) is { } wrongLimit) return wrongLimit;
        if (sent.Whole("page", out long? page) is { } wrongPage) return wrongPage;
        if (page is < 1 or > 1_000_000) return Refusal.Invalid("page");
        if (sent.Whole("startTime", out long? start) is { } wrongStart) return wrongStart;
        if (sent.Whole("endTime", out long? end) is { } wrongEnd) return wrongEnd;
        if (start < 0) return Refusal.Invalid("startTime");
        if (end < 0) return Refusal.Invalid("endTime");
        var endMs = end ?? call.NowMs;
        var startMs = start ?? endMs - WeekMs;
        var type = sent["incomeType"];
        var found = engine.Account.Income.Where(row =>
            row.TimeMs >= startMs && row.TimeMs <= endMs && (desk is null || row.Symbol == desk.Symbol.Symbol.Name)
            && (type is null || row.Type == type));
        return Answer.Json(json =>
        {
            json.WriteStartArray();
            foreach (var row in found.Skip((int)((page ?? 1) - 1) * limit).Take(limit))
                AccountJson.Income(json, row);
            json.WriteEndArray();
        });
    }

    private Answer SymbolConfig(ApiCall call)
    {
        if (reading.AnyDesk(call.Parameters, out var desk) is { } wrong) return wrong;
        return Answer.Json(json =>
        {
            json.WriteStartArray();
            foreach (var one in engine.Those(desk)) AccountJson.SymbolConfig(json, one);
            json.WriteEndArray();
        });
    }

    private Answer Adl(ApiCall call)
    {
        if (reading.AnyDesk(call.Parameters, out var desk) is { } wrong) return wrong;
        return Answer.Json(json =>
        {
            json.WriteStartArray();
            foreach (var one in engine.Those(desk).Where(one => one.Position.Amount != 0))
                AccountJson.Adl(json, one);
            json.WriteEndArray();
        });
    }

    private static Answer Flag(string name, bool value) => Answer.Json(json =>
    {
        json.WriteStartObject();
        json.WriteBoolean(name, value);
        json.WriteEndObject();
    });

    private static Answer Success() => Answer.Json(static json =>
    {
        json.WriteStartObject();
        json.WriteNumber("code", 200);
        json.WriteString("msg", "success");
        json.WriteEndObject();
    });
}
