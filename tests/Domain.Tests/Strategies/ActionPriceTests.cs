using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Strategies;

public sealed class ActionPriceTests
{
    private static readonly ActionPrice Strategy = new(new());

    /// <summary>Enough quiet bars for a ripe EMA200 of 100, a body that crosses it upwards, and a bar that stays above.</summary>
    private static Scenario Cross => Scenario.Quiet(1_300).Then(
        Scenario.Bar(99.4, 101.3, 99.1, 101.2),
        Scenario.Bar(101.2, 101.8, 100.9, 101.6));

    [Fact]
    public void Cross_Confirmed_FiresLong()
    {
        var asked = Cross.Ask(Strategy);

        var setup = asked.Fired(Side.Long);
        Assert.True(setup.ScoresItself);
        Assert.Equal("STANDARD", setup.Variant);
        Assert.Equal(101.6, setup.SignalPrice);
        Assert.Equal(99.1 - (0.1 * asked.View.M15.Ago(1).Atr), setup.StopAnchor, 12);   // the initiator's own ATR
        Assert.Equal(11, setup.OwnParts.Count);
        // size +2, depth +2, beyond the fan +1, flat 0, fan +1, near the band −1, five touches −1, colour +1,
        // no base 0, the initiator's retest +1, its wick +1
        Assert.Equal([2, 2, 1, 0, 1, -1, -1, 1, 0, 1, 1], setup.OwnParts.Select(part => part.Points));
        Assert.Single(asked.Log.Fired);
    }

    [Fact]
    public void Cross_Mirrored_FiresShortWithTheSameScore()
    {
        var asked = Cross.Mirrored(100).Ask(Strategy);

        var setup = asked.Fired(Side.Short);
        Assert.Equal(Cross.Ask(Strategy).Fired(Side.Long).OwnParts.Select(part => part.Points), setup.OwnParts.Select(part => part.Points));
        Assert.Equal(100.9 + (0.1 * asked.View.M15.Ago(1).Atr), setup.StopAnchor, 12);
    }

    [Theory]
    [InlineData(100.5, 101.2)]   // opens above
    [InlineData(99.4, 99.9)]     // closes below
    [InlineData(100.0, 101.2)]   // opens on it: strict (EMA200 is 100 and a little at that bar's close)
    public void Initiator_WhoseBodyDoesNotCross_IsNone(double open, double close)
    {
        var asked = Cross.Change(1, bar => bar with { Open = open + (open == 100 ? 0.02 : 0), Close = close }).Ask(Strategy);

        Assert.Equal("initiator's body crosses EMA200", asked.No(Side.Long).Name);
    }

    [Fact]
    public void Confirmation_TouchingTheAverage_SaysNo()
    {
        var asked = Cross.Change(0, bar => bar with { Low = 100.0 }).Ask(Strategy);

        Assert.Equal("confirming extreme beyond EMA200, price", asked.No(Side.Long).Name);
    }

    [Fact]
    public void Confirmation_ClosingBelow_SaysNo()
    {
        var asked = Cross.Change(0, bar => bar with { Low = 99.5, Close = 99.8 }).Ask(Strategy);

        Assert.Equal(
            ["confirming close beyond EMA200, price", "confirming extreme beyond EMA200, price"],
            asked.Predicates(Side.Long).Where(p => p.Outcome == PredicateOutcome.Failed).Select(p => p.Name).Take(2));
    }

    [Theory]
    [InlineData(1_197, false)]
    [InlineData(1_198, true)]
    public void Average_OfFewerThan1200Bars_IsUnripeAndSaysSo(int quiet, bool fires)
    {
        var asked = (Cross with { M15 = [.. Cross.M15.Skip(1_300 - quiet)] }).Ask(Strategy);

        Assert.Equal(fires, asked.Status(Side.Long) == DecisionStatus.Fired);
        var ripe = asked.Predicates(Side.Long).Single(p => p.Name == "bars folded into EMA200");
        Assert.Equal((quiet + 2, 1_200), (ripe.Value, ripe.Threshold));
    }

    [Fact]
    public void Average_StillWarmingUp_MakesItUnavailable()
    {
        var asked = (Cross with { M15 = [.. Cross.M15.TakeLast(150)] }).Ask(Strategy);

        Assert.Equal(DecisionStatus.Unavailable, asked.Status(Side.Long));
        Assert.Equal(["EMA200"], asked.Missing(Side.Long));
    }

    [Fact]
    public void Score_BelowScalp_IsSkippedWithItsNumber()
    {
        var no = Cross.Ask(new ActionPrice(new() { ScalpScore = 8 })).No(Side.Long);

        Assert.Equal(("score, points", 7.0, 8.0), (no.Name, no.Value, no.Threshold));
    }

    [Fact]
    public void Score_BelowStandard_IsAScalp() =>
        Assert.Equal("SCALP", Cross.Ask(new ActionPrice(new() { StandardScore = 8 })).Fired(Side.Long).Variant);

    [Fact]
    public void Anatomy_OfAPattern_NamesWhatTheLogWants()
    {
        var log = Cross.Ask(Strategy).Fired(Side.Long).Anatomy!;

        Assert.Equal("up", log["initiator_body_cross_type"]);
        Assert.Equal("green", log["confirm_color"]);
        Assert.Equal("bullish", log["ema_fan_state"]);
        Assert.Equal("above_all", log["close_vs_ema_fan"]);
        Assert.Equal(5, log["touches_ema200_last5"]);
        Assert.Equal(true, log["retest_tag"]);
        Assert.Equal(false, log["break_and_base_tag"]);
    }

    [Fact]
    public void Cross_AskedAgain_FiresOnce()
    {
        var before = new FiredSetups();
        Cross.Ask(Strategy, before).Fired(Side.Long);

        Assert.Equal("first time this setup fires", Cross.Ask(Strategy, before).No(Side.Long).Name);
    }
}
