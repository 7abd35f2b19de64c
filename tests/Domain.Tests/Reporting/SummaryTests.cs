using System.Text;
using System.Text.Json;
using FuturesBot.Domain.Reporting;
using Xunit;

namespace FuturesBot.Domain.Tests.Reporting;

public sealed class SummaryTests
{
    private static readonly PanelOptions TenDays =
        new(Trades.Start, Trades.Start + (10 * Trades.Day), Trials: 3);

    private static readonly RunFacts Facts = new(
        "default", Trades.Start, Trades.Start + (10 * Trades.Day), Symbols: 2, Candles: 5_760,
        CandlesPerSecond: 1_250_000, LedgerHash: "beef");

    [Fact]
    public void ToUtf8_ARun_HasEveryFieldOfTheContract()
    {
        var json = Read(PerformancePanel.Of(Trades.Random(40, 0.4, seed: 1), TenDays));

        string[] contract =
        [
            "profile", "data_from", "data_to", "symbols", "candles", "candles_per_second", "trades", "wins",
            "break_evens", "losses", "win_rate", "win_rate_ci95", "profit_factor_net", "expectancy_r_net",
            "expectancy_r_net_ci95", "max_drawdown_r", "sharpe", "deflated_sharpe", "trials", "by_strategy",
            "by_regime", "by_score_bucket", "by_symbol", "refusals", "edge_proven", "ledger_hash",
        ];
        Assert.All(contract, field => Assert.True(json.TryGetProperty(field, out _), field));
        Assert.Equal(40, json.GetProperty("trades").GetInt32());
        Assert.Equal(3, json.GetProperty("trials").GetInt32());
        Assert.Equal("2025-07-04T00:00:00Z", json.GetProperty("data_from").GetString());
        Assert.Equal(2, json.GetProperty("win_rate_ci95").GetArrayLength());
    }

    [Fact]
    public void ToUtf8_EveryWinRate_StandsWithCountIntervalAndNetResult()
    {
        var json = Read(PerformancePanel.Of(Trades.Random(40, 0.4, seed: 1), TenDays));
        var rates = 0;

        Walk(json);

        Assert.True(rates > 5, $"{rates} rates seen");
        void Walk(JsonElement element)
        {
            if (element.ValueKind != JsonValueKind.Object) return;
            if (element.TryGetProperty("win_rate", out _))
            {
                rates++;
                Assert.True(element.TryGetProperty("n", out _) || element.TryGetProperty("trades", out _));
                foreach (var beside in (string[])["wins", "break_evens", "losses", "win_rate_ci95",
                    "expectancy_r_net", "expectancy_r_net_ci95", "profit_factor_net"])
                {
                    Assert.True(element.TryGetProperty(beside, out _), beside);
                }
            }

            foreach (var property in element.EnumerateObject()) Walk(property.Value);
        }
    }

    [Fact]
    public void ToUtf8_Twice_IsByteIdentical()
    {
        var trades = Trades.Random(300, 0.4, seed: 5);
        var once = SummaryJson.ToUtf8(new(Facts, PerformancePanel.Of(trades, TenDays)));
        var again = SummaryJson.ToUtf8(new(Facts, PerformancePanel.Of([.. trades.Reverse()], TenDays)));

        Assert.Equal(once, again);
    }

    [Fact]
    public void Of_NoTrades_HasNoFiguresRatherThanZeros()
    {
        var json = Read(PerformancePanel.Of([], TenDays));

        Assert.Equal(0, json.GetProperty("trades").GetInt32());
        string[] unknowns = ["win_rate", "expectancy_r_net", "profit_factor_net", "sharpe", "cost_r"];
        foreach (var unknown in unknowns)
            Assert.Equal(JsonValueKind.Null, json.GetProperty(unknown).ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("win_rate_ci95")[0].ValueKind);
        Assert.False(json.GetProperty("edge_proven").GetBoolean());
    }

    [Fact]
    public void Of_ShadowedTrades_StayOutOfTheDefaultFigures()
    {
        TradeRecord[] trades =
        [
            Trades.One(1m, number: 0), Trades.One(-1m, number: 1),
            Trades.One(2m, number: 2, execution: TradeRecord.ShadowedBy("0000000000000001")),
        ];

        var panel = PerformancePanel.Of(trades, TenDays);

        Assert.Equal((2, 1, 3), (panel.Overall.N, panel.Shadowed, panel.SignalsView.N));
        Assert.Equal(0, panel.Overall.TotalRNet);
        Assert.Equal(2, panel.SignalsView.TotalRNet);
    }

    [Fact]
    public void Of_TakeProfitThenBreakEven_IsNoWinAndNoLoss()
    {
        TradeRecord[] trades =
        [
            Trades.One(1m, number: 0),
            Trades.One(0.26m, TradeOutcome.BreakEven, number: 1),
            Trades.One(-1m, number: 2),
        ];

        var group = GroupStatistics.Of("all", trades);

        Assert.Equal((3, 1, 1, 1), (group.N, group.Wins, group.BreakEvens, group.Losses));
        Assert.Equal(0.26 / 3, group.ExpectancyRNet, precision: 14);
        Assert.Equal(1.26, group.ProfitFactorNet, precision: 14);
    }

    [Fact]
    public void AuthorCounting_OnRequest_CountsOnlyTheBreakEvenStopAsEven()
    {
        var even = Trades.One(0.05m, number: 0);                       // |net| ≤ 0.10, closed at TP2
        var stopped = Trades.One(0.26m, TradeOutcome.BreakEven, number: 1);
        stopped = stopped with
        {
            Exits = [stopped.Exits[0], stopped.Exits[1] with { Reason = TradeExit.BreakEvenStop }],
        };

        var panel = PerformancePanel.Of([even, stopped], TenDays with { AuthorCounting = true });

        Assert.Equal((0, 2), (panel.Overall.Wins, panel.Overall.BreakEvens));
        Assert.Equal((1, 1), (panel.AuthorCounting!.Wins, panel.AuthorCounting.BreakEvens));
        Assert.Null(PerformancePanel.Of([even], TenDays).AuthorCounting);
    }

    [Fact]
    public void EdgeProven_NeedsAnIntervalAboveZeroAndEnoughTrades()
    {
        Assert.True(GroupStatistics.Of("good", Trades.Random(400, 0.7, seed: 2)).EdgeProven);
        Assert.False(GroupStatistics.Of("even", Trades.Random(400, 0.455, seed: 2)).EdgeProven);

        var lucky = GroupStatistics.Of("lucky", Trades.Of(1m, 1.2m, 0.9m));
        Assert.True(lucky.ExpectancyRNetCi95.Low > 0);
        Assert.False(lucky.EdgeProven);
    }

    [Fact]
    public void Refusals_AreSortedByCountAndKeepAnExample()
    {
        var panel = PerformancePanel.Of([], TenDays,
        [
            new("StopTooFar", 3),
            new("CostTooHigh", 96,
                new("BTCUSDT", "ActionPrice", Trades.Start, "round-trip cost, R", 0.31, 0.20)),
        ]);

        Assert.Equal(["CostTooHigh", "StopTooFar"], panel.Refusals.Select(r => r.Reason));
        var example = Read(panel).GetProperty("refusals").GetProperty("CostTooHigh").GetProperty("example");
        Assert.Equal(0.31, example.GetProperty("value").GetDouble());
    }

    [Fact]
    public void WritePanel_ForThePage_CarriesTheEquityCurve()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            SummaryJson.WritePanel(writer, PerformancePanel.Of(Trades.Of(1m, -1m), TenDays));

        using var json = JsonDocument.Parse(stream.ToArray());

        Assert.Equal(2, json.RootElement.GetProperty("equity").GetArrayLength());
        Assert.Equal(-1, json.RootElement.GetProperty("equity")[1].GetProperty("drawdown_r").GetDouble());
    }

    private static JsonElement Read(PerformancePanel panel) =>
        JsonDocument.Parse(SummaryJson.ToUtf8(new(Facts, panel))).RootElement.Clone();
}
