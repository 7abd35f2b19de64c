using System.Text.Json;
using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Recording;
using Xunit;

namespace FuturesBot.Engine.Tests.Recording;

public sealed class DecisionPayloadTests
{
    private static readonly RegimeReading Trend = RegimeReading.None with
    {
        Label = MarketRegime.Trend,
        Direction = Bias.Bullish,
        Confidence = 0.7,
        H4Bias = Bias.Bullish,
        Adx = 28,
    };

    [Fact]
    public void Approved_Decision_CarriesItsCostAndTheWinRateItNeeds()
    {
        var plan = Plan();
        var line = Line(Trend, new Verdict.Approved(Ranked(), plan));

        Assert.InRange(plan.CostR, 0.01m, 0.2m);
        Assert.Equal(Math.Round(plan.CostR, 6), line.GetProperty("cost_r").GetDecimal());
        Assert.Equal(Math.Round((1 + plan.CostR) / 2.7m, 6), line.GetProperty("break_even_win_rate").GetDecimal());
    }

    [Fact]
    public void Regime_ThatWasNotThere_IsSaidToBeUnavailable()
    {
        Assert.True(Line(Trend, verdict: null).GetProperty("regime").GetProperty("available").GetBoolean());
        Assert.False(Line(RegimeReading.None, verdict: null).GetProperty("regime").GetProperty("available").GetBoolean());
    }

    private static JsonElement Line(RegimeReading regime, Verdict? verdict)
    {
        var kind = new SetupKind("BreakAndRetest", "", Side.Long);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            new DecisionPayload(new(Symbol.Btc, 900_000, kind, DecisionStatus.Fired, [], regime, verdict)).WriteTo(json);
            json.WriteEndObject();
        }

        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }

    private static RankedSetup Ranked()
    {
        var setup = new Setup
        {
            Kind = new("BreakAndRetest", "", Side.Long),
            Key = new(1, 0, 0),
            Frame = TimeFrame.M15,
            Category = EntryCategory.Breakout,
            SignalPrice = 100,
            StopAnchor = 98,
            Atr = 1,
            Base = 2.5,
        };
        return new(Symbol.Btc, setup, new([], 3.5, 2, 4, 2), Priority: 0, StopAnchor: 98, Agreeing: 1);
    }

    private static TradePlan Plan() => TradePlanner.Plan(
        new()
        {
            Symbol = Symbol.Btc,
            Strategy = "BreakAndRetest",
            Side = Side.Long,
            Frame = TimeFrame.M15,
            Category = EntryCategory.Breakout,
            DecidedAtMs = 900_000,
            SignalPrice = 100,
            Atr = 1,
            Anchor = 98.03,
            Rules = new(0.01m, 0.001m, 5m, 0.001m, 1_000m),
            Equity = 10_000m,
        },
        []).Plan;
}
