using System.Text.Json;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Answers about the account, read and checked.</summary>
internal static class AccountAnswers
{
    public static AccountState Account(JsonElement root) => new(
        root.Exact("totalWalletBalance"), root.Exact("totalUnrealizedProfit"), root.Exact("totalMarginBalance"),
        root.Exact("totalInitialMargin", min: 0), root.Exact("totalMaintMargin", min: 0), root.Exact("availableBalance"),
        [.. root.Need("assets").List("assets").Select(row => Balance(row, "walletBalance"))],
        [.. root.Need("positions").List("positions").Select(row => new AccountPosition(
            row.Symbol(), OrderAnswers.PositionSide(row), row.Exact("positionAmt"), row.Exact("unrealizedProfit"), row.Exact("notional")))]);

    public static AssetBalance Balance(JsonElement row) => Balance(row, "balance");

    public static PositionState Position(JsonElement row) => new(
        row.Symbol(), OrderAnswers.PositionSide(row), row.Exact("positionAmt"), row.Exact("entryPrice", min: 0),
        row.ExactOrNull("breakEvenPrice"), row.Exact("markPrice", min: 0), row.Exact("unRealizedProfit"),
        row.ExactOrNull("liquidationPrice") is { } price and > 0 ? price : null, row.Exact("notional"),
        row.ExactOrNull("initialMargin"), row.ExactOrNull("maintMargin"), row.ExactOrNull("isolatedMargin"), row.Whole("updateTime"));

    public static FeeRates Fees(JsonElement row) =>
        new(row.Symbol(), row.Exact("makerCommissionRate"), row.Exact("takerCommissionRate"));

    public static IncomeEntry Income(JsonElement row) => new(
        row.TextOrEmpty("symbol").Length == 0 ? null : row.Symbol(), row.Text("incomeType"), row.Exact("income"), row.Text("asset"),
        row.Whole("tranId"), row.WholeOrNull("tradeId"), row.Whole("time"));

    public static LeverageSteps Brackets(JsonElement row) => new(row.Symbol(),
    [
        .. row.Need("brackets").List("brackets").Select(step => new LeverageStep(
            Small(step, "bracket"), Small(step, "initialLeverage"), step.Exact("notionalFloor", min: 0), step.Exact("notionalCap", min: 0),
            step.Exact("maintMarginRatio", min: 0), step.Exact("cum", min: 0))),
    ]);

    public static LeverageSetting Leverage(JsonElement row) =>
        new(row.Symbol(), Small(row, "leverage"), row.ExactOrNull("maxNotionalValue"));

    public static SymbolSettings Settings(JsonElement row) => new(
        row.Symbol(), WireName.From<MarginType>(row.Text("marginType")) ?? throw new MalformedException("'marginType' is neither ISOLATED nor CROSSED"),
        Small(row, "leverage"), row.ExactOrNull("maxNotionalValue"));

    public static AccountConfig Config(JsonElement root) => new(
        root.Flag("canTrade"), root.Flag("canDeposit"), root.Flag("canWithdraw"), root.Flag("dualSidePosition"),
        root.FlagOrNull("multiAssetsMargin") ?? false, Small(root, "feeTier"));

    public static Countdown Countdown(JsonElement root) =>
        new(root.Symbol(), TimeSpan.FromMilliseconds(Math.Min(root.Whole("countdownTime"), int.MaxValue)));

    private static AssetBalance Balance(JsonElement row, string total) => new(
        row.Text("asset"), row.Exact(total), row.Exact("crossWalletBalance"), row.Exact("crossUnPnl"), row.Exact("availableBalance"));

    private static int Small(JsonElement row, string name)
    {
        var value = row.Whole(name);
        return value <= 1_000_000 ? (int)value : throw new MalformedException($"'{name}' is larger than anything possible");
    }
}
