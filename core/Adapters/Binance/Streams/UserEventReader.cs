using System.Text.Json;
using FuturesBot.Adapters.Binance.Rest;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Reads the account's events. Unknown fields are not looked at, new statuses are <c>Other</c>; what an event cannot do
/// without has to be there, and then the whole event is refused rather than read half.
/// </summary>
internal static class UserEventReader
{
    // The exchange's own highest is 125.
    private const int LeverageMax = 1000;

    /// <param name="data">The event's own object, valid JSON.</param>
    /// <exception cref="MalformedException">A field is missing or impossible; the text does not quote it.</exception>
    public static UserEvent Read(ReadOnlyMemory<byte> data)
    {
        using var json = JsonDocument.Parse(data);
        var root = json.RootElement;
        var (type, eventMs) = (root.Text("e"), root.Whole("E"));
        var transactionMs = root.WholeOrNull("T") ?? eventMs;
        return type switch
        {
            "ORDER_TRADE_UPDATE" => new UserEvent.OrderChanged(eventMs, transactionMs, Order(root.Need("o"))),
            "ALGO_UPDATE" => new UserEvent.AlgoOrderChanged(eventMs, transactionMs, AlgoOrder(root.Need("o"))),
            "ACCOUNT_UPDATE" => Account(root.Need("a"), eventMs, transactionMs),
            "TRADE_LITE" => new UserEvent.Traded(eventMs, transactionMs, Trade(root)),
            "MARGIN_CALL" => new UserEvent.MarginCalled(
                eventMs, transactionMs, root.ExactOrNull("cw"), [.. root.Need("p").List("positions").Select(Margin)]),
            "ACCOUNT_CONFIG_UPDATE" => Configuration(root, eventMs, transactionMs),
            "listenKeyExpired" => new UserEvent.ListenKeyExpired(eventMs, transactionMs),
            _ => new UserEvent.Unknown(eventMs, transactionMs, type, root.GetRawText()),
        };
    }

    private static OrderUpdate Order(JsonElement order) => new(
        order.Symbol("s"), order.Whole("i"), order.TextOrEmpty("c"), order.Text("x"),
        WireName.From<OrderStatus>(order.Text("X")) ?? OrderStatus.Other, Side(order), PositionSideOf(order),
        order.TextOrEmpty("o"), order.TextOrEmpty("ot"), order.TextOrEmpty("f"),
        order.Exact("q", min: 0), order.Exact("p", min: 0), order.ExactOrNull("sp"), order.ExactOrNull("ap"), order.Exact("z", min: 0),
        order.ExactOrNull("L"), order.ExactOrNull("l"), order.ExactOrNull("n"), order.TextOrEmpty("N"),
        order.WholeOrNull("t") ?? 0, order.Whole("T"), order.ExactOrNull("rp"), order.FlagOrNull("m"), order.FlagOrNull("R"),
        order.FlagOrNull("cp"), ReasonOf(order, "er"));

    private static AlgoOrderUpdate AlgoOrder(JsonElement order) => new(
        order.Symbol("s"), order.Whole("aid"), order.TextOrEmpty("caid"),
        WireName.From<AlgoOrderStatus>(order.Text("X")) ?? AlgoOrderStatus.Other, Side(order), PositionSideOf(order),
        order.TextOrEmpty("o"), order.TextOrEmpty("f"), order.WholeOrNull("ai") is { } id and > 0 ? id : null,
        order.ExactOrNull("tp"), order.ExactOrNull("q"), order.ExactOrNull("p"), order.ExactOrNull("ap"), order.ExactOrNull("aq"),
        order.TextOrEmpty("wt"), order.FlagOrNull("R"), order.FlagOrNull("cp"),
        order.WholeOrNull("tt") is { } triggered and > 0 ? triggered : null, order.FlagOrNull("ia"), ReasonOf(order, "rm"));

    private static UserEvent.AccountChanged Account(JsonElement account, long eventMs, long transactionMs) => new(
        eventMs, transactionMs, account.TextOrEmpty("m"),
        [.. Listed(account, "B").Select(balance => new BalanceUpdate(
            balance.Text("a"), balance.Exact("wb"), balance.ExactOrNull("cw"), balance.ExactOrNull("bc")))],
        [.. Listed(account, "P").Select(position => new PositionUpdate(
            position.Symbol("s"), PositionSideOf(position), position.Exact("pa"), position.Exact("ep", min: 0),
            position.ExactOrNull("bep"), position.ExactOrNull("up"), position.TextOrEmpty("mt")))]);

    private static TradeUpdate Trade(JsonElement trade) => new(
        trade.Symbol("s"), trade.Whole("i"), trade.TextOrEmpty("c"), trade.Whole("t"), Side(trade),
        trade.Exact("L", min: 0), trade.Exact("l", min: 0), trade.FlagOrNull("m"));

    private static MarginPosition Margin(JsonElement position) => new(
        position.Symbol("s"), PositionSideOf(position), position.Exact("pa"),
        position.ExactOrNull("mp"), position.ExactOrNull("up"), position.ExactOrNull("mm"));

    private static UserEvent.ConfigurationChanged Configuration(JsonElement root, long eventMs, long transactionMs) => new(
        eventMs, transactionMs,
        root.TryGetProperty("ac", out var leverage) ? Leverage(leverage) : null,
        root.TryGetProperty("ai", out var mode) ? mode.Flag("j") : null);

    private static LeverageUpdate Leverage(JsonElement leverage) => new(
        leverage.Symbol("s"),
        leverage.Whole("l", min: 1) is var times and <= LeverageMax ? (int)times : throw new MalformedException("'l' is no leverage"));

    private static OrderSide Side(JsonElement owner) =>
        WireName.From<OrderSide>(owner.Text("S")) ?? throw new MalformedException("'S' is no side");

    // Absent is one-way mode, which knows no sides.
    private static PositionSide PositionSideOf(JsonElement owner) => owner.TextOrEmpty("ps") is { Length: > 0 } side
        ? WireName.From<PositionSide>(side) ?? throw new MalformedException("'ps' is no position side")
        : PositionSide.Both;

    private static IEnumerable<JsonElement> Listed(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var list) ? list.List(name) : Enumerable.Empty<JsonElement>();

    // A number or a text, and "0" for none, as the exchange pleases.
    private static string ReasonOf(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var reason) && reason.ToString() is { Length: > 0 } text and not "0" ? text : "";
}
