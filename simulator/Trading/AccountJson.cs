using System.Text.Json;
using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Trading;

/// <summary>Balance, positions and settings as REST answers write them.</summary>
internal sealed class AccountJson(TradingEngine engine)
{
    /// <summary>The one bracket's end, quote units.</summary>
    public const string NotionalMax = "100000000";

    private const decimal MaintenanceRate = 0.004m;

    /// <summary>It has a position or an order.</summary>
    public static bool IsActive(SymbolDesk desk) => desk.Position.Amount != 0 || desk.OpenOrders > 0;

    public void AccountV3(Utf8JsonWriter json, long nowMs)
    {
        json.WriteStartObject();
        Totals(json);
        json.WriteStartArray("assets");
        AssetRow(json, nowMs);
        json.WriteEndArray();
        json.WriteStartArray("positions");
        foreach (var desk in engine.Desks.Where(IsActive))
        {
            json.WriteStartObject();
            json.WriteString("symbol", desk.Symbol.Symbol.Name);
            json.WriteString("positionSide", "BOTH");
            json.Number("positionAmt", desk.Position.Amount);
            json.Number("unrealizedProfit", Unrealized(desk));
            json.WriteString("isolatedMargin", "0");
            json.Number("notional", Notional(desk));
            json.WriteString("isolatedWallet", "0");
            json.Number("initialMargin", engine.Required(desk));
            json.Number("maintMargin", Maintenance(desk));
            json.WriteNumber("updateTime", desk.Position.UpdatedMs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void AccountV2(Utf8JsonWriter json, long nowMs)
    {
        json.WriteStartObject();
        Settings(json);
        Totals(json);
        json.WriteStartArray("assets");
        AssetRow(json, nowMs);
        json.WriteEndArray();
        json.WriteStartArray("positions");
        foreach (var desk in engine.Desks)
        {
            json.WriteStartObject();
            json.WriteString("symbol", desk.Symbol.Symbol.Name);
            json.Number("initialMargin", engine.Required(desk));
            json.Number("maintMargin", Maintenance(desk));
            json.Number("unrealizedProfit", Unrealized(desk));
            json.Number("positionInitialMargin", engine.PositionMargin(desk));
            json.Number("openOrderInitialMargin", engine.Required(desk) - engine.PositionMargin(desk));
            json.WriteString("leverage", desk.Leverage.ToString());
            json.WriteBoolean("isolated", desk.IsIsolated);
            json.Number("entryPrice", desk.Position.EntryPrice);
            json.Number("breakEvenPrice", desk.Position.BreakEvenPrice);
            json.WriteString("maxNotional", NotionalMax);
            json.WriteString("bidNotional", "0");
            json.WriteString("askNotional", "0");
            json.WriteString("positionSide", "BOTH");
            json.Number("positionAmt", desk.Position.Amount);
            json.Number("notional", Notional(desk));
            json.WriteString("isolatedWallet", "0");
            json.WriteNumber("updateTime", desk.Position.UpdatedMs);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public void Balance(Utf8JsonWriter json, long nowMs)
    {
        json.WriteStartArray();
        json.WriteStartObject();
        json.WriteString("accountAlias", "SgsR");
        json.WriteString("asset", Account.Asset);
        json.Number("balance", engine.Account.Wallet);
        json.Number("crossWalletBalance", engine.Account.Wallet);
        json.Number("crossUnPnl", engine.Unrealized());
        json.Number("availableBalance", Available());
        json.Number("maxWithdrawAmount", Available());
        json.WriteBoolean("marginAvailable", true);
        json.WriteNumber("updateTime", engine.Account.UpdatedMs == 0 ? nowMs : engine.Account.UpdatedMs);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public void Position(Utf8JsonWriter json, SymbolDesk desk, bool isV3)
    {
        var position = desk.Position;
        json.WriteStartObject();
        json.WriteString("symbol", desk.Symbol.Symbol.Name);
        json.WriteString("positionSide", "BOTH");
        json.Number("positionAmt", position.Amount);
        json.Number("entryPrice", position.EntryPrice);
        json.Number("breakEvenPrice", position.BreakEvenPrice);
        json.Number("markPrice", engine.Mark(desk));
        json.Number("unRealizedProfit", Unrealized(desk));
        json.WriteString("liquidationPrice", "0");
        json.WriteString("isolatedMargin", "0");
        json.Number("notional", Notional(desk));
        json.WriteString("isolatedWallet", "0");
        json.WriteNumber("updateTime", position.UpdatedMs);
        if (isV3)
        {
            json.WriteString("marginAsset", desk.Symbol.MarginAsset);
            json.Number("initialMargin", engine.Required(desk));
            json.Number("maintMargin", Maintenance(desk));
            json.Number("positionInitialMargin", engine.PositionMargin(desk));
            json.Number("openOrderInitialMargin", engine.Required(desk) - engine.PositionMargin(desk));
            json.WriteNumber("adl", 0);
            json.WriteString("bidNotional", "0");
            json.WriteString("askNotional", "0");
        }
        else
        {
            json.WriteString("leverage", desk.Leverage.ToString());
            json.WriteString("maxNotionalValue", NotionalMax);
            json.WriteString("marginType", desk.IsIsolated ? "isolated" : "cross");
            json.WriteString("isAutoAddMargin", "false");
        }

        json.WriteEndObject();
    }

    public static void Brackets(Utf8JsonWriter json, SymbolDesk desk, int leverageMax)
    {
        json.WriteStartObject();
        json.WriteString("symbol", desk.Symbol.Symbol.Name);
        json.WriteNumber("notionalCoef", 1m);
        json.WriteStartArray("brackets");
        json.WriteStartObject();
        json.WriteNumber("bracket", 1);
        json.WriteNumber("initialLeverage", leverageMax);
        json.WriteNumber("notionalCap", decimal.Parse(NotionalMax));
        json.WriteNumber("notionalFloor", 0);
        json.WriteNumber("maintMarginRatio", MaintenanceRate);
        json.WriteNumber("cum", 0);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Income(Utf8JsonWriter json, Income row)
    {
        json.WriteStartObject();
        json.WriteString("symbol", row.Symbol);
        json.WriteString("incomeType", row.Type);
        json.Number("income", row.Amount);
        json.WriteString("asset", Account.Asset);
        json.WriteString("info", row.Type);
        json.WriteNumber("time", row.TimeMs);
        json.WriteNumber("tranId", row.Id);
        json.WriteString("tradeId", row.FillId?.ToString() ?? "");
        json.WriteEndObject();
    }

    public static void SymbolConfig(Utf8JsonWriter json, SymbolDesk desk)
    {
        json.WriteStartObject();
        json.WriteString("symbol", desk.Symbol.Symbol.Name);
        json.WriteString("marginType", desk.IsIsolated ? "ISOLATED" : "CROSSED");
        json.WriteString("isAutoAddMargin", "false");
        json.WriteNumber("leverage", desk.Leverage);
        json.WriteString("maxNotionalValue", NotionalMax);
        json.WriteEndObject();
    }

    public static void Config(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        Settings(json);
        json.WriteBoolean("dualSidePosition", false);
        json.WriteEndObject();
    }

    public static void TradingStatus(Utf8JsonWriter json, long nowMs)
    {
        json.WriteStartObject();
        json.WriteStartObject("indicators");
        json.WriteEndObject();
        json.WriteNumber("updateTime", nowMs);
        json.WriteEndObject();
    }

    public static void Adl(Utf8JsonWriter json, SymbolDesk desk)
    {
        json.WriteStartObject();
        json.WriteString("symbol", desk.Symbol.Symbol.Name);
        json.WriteStartObject("adlQuantile");
        json.WriteNumber("LONG", 0);
        json.WriteNumber("SHORT", 0);
        json.WriteNumber("BOTH", 0);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void OrderLimits(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        Limit("SECOND", 10, 300);
        Limit("MINUTE", 1, 1_200);
        json.WriteEndArray();

        void Limit(string interval, int count, int limit)
        {
            json.WriteStartObject();
            json.WriteString("rateLimitType", "ORDERS");
            json.WriteString("interval", interval);
            json.WriteNumber("intervalNum", count);
            json.WriteNumber("limit", limit);
            json.WriteEndObject();
        }
    }

    private static void Settings(Utf8JsonWriter json)
    {
        json.WriteNumber("feeTier", 0);
        json.WriteBoolean("canTrade", true);
        json.WriteBoolean("canDeposit", true);
        json.WriteBoolean("canWithdraw", false);
        json.WriteBoolean("multiAssetsMargin", false);
        json.WriteNumber("tradeGroupId", -1);
        json.WriteNumber("updateTime", 0);
    }

    private void Totals(Utf8JsonWriter json)
    {
        var (wallet, unrealized) = (engine.Account.Wallet, engine.Unrealized());
        var (initial, positions) = (engine.Desks.Sum(engine.Required), engine.Desks.Sum(engine.PositionMargin));
        json.Number("totalInitialMargin", initial);
        json.Number("totalMaintMargin", engine.Desks.Sum(Maintenance));
        json.Number("totalWalletBalance", wallet);
        json.Number("totalUnrealizedProfit", unrealized);
        json.Number("totalMarginBalance", wallet + unrealized);
        json.Number("totalPositionInitialMargin", positions);
        json.Number("totalOpenOrderInitialMargin", initial - positions);
        json.Number("totalCrossWalletBalance", wallet);
        json.Number("totalCrossUnPnl", unrealized);
        json.Number("availableBalance", Available());
        json.Number("maxWithdrawAmount", Available());
    }

    private void AssetRow(Utf8JsonWriter json, long nowMs)
    {
        var (wallet, unrealized) = (engine.Account.Wallet, engine.Unrealized());
        var (initial, positions) = (engine.Desks.Sum(engine.Required), engine.Desks.Sum(engine.PositionMargin));
        json.WriteStartObject();
        json.WriteString("asset", Account.Asset);
        json.Number("walletBalance", wallet);
        json.Number("unrealizedProfit", unrealized);
        json.Number("marginBalance", wallet + unrealized);
        json.Number("maintMargin", engine.Desks.Sum(Maintenance));
        json.Number("initialMargin", initial);
        json.Number("positionInitialMargin", positions);
        json.Number("openOrderInitialMargin", initial - positions);
        json.Number("crossWalletBalance", wallet);
        json.Number("crossUnPnl", unrealized);
        json.Number("availableBalance", Available());
        json.Number("maxWithdrawAmount", Available());
        json.WriteBoolean("marginAvailable", true);
        json.WriteNumber("updateTime", engine.Account.UpdatedMs == 0 ? nowMs : engine.Account.UpdatedMs);
        json.WriteEndObject();
    }

    private decimal Available() => Math.Max(0, engine.Available());

    private decimal Unrealized(SymbolDesk desk) => desk.Position.Unrealized(engine.Mark(desk));

    private decimal Notional(SymbolDesk desk) =>
        Math.Round(desk.Position.Amount * engine.Mark(desk), Account.Decimals);

    private decimal Maintenance(SymbolDesk desk) =>
        Math.Round(Math.Abs(Notional(desk)) * MaintenanceRate, Account.Decimals);
}
