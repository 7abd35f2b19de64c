using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Scoring;

/// <summary>Conflicts, locks, blocks and limits between triggers (spec 2.9, 2.13), through the whole pipeline.</summary>
public sealed class GateTests
{
    private const string Sweep = LiquiditySweep.CatalogName;
    private const string Retest = BreakAndRetest.CatalogName;
    private const string Profile = VolumeProfile.CatalogName;

    [Theory]
    [InlineData(4.0, 3.5)]
    [InlineData(4.0, 3.01)]
    [InlineData(3.0, 3.0)]
    public void Conflict_WithoutAClearLead_DropsBoth(double buy, double sell)
    {
        var said = Scripted.Run(new Trigger(1, Sweep, Side.Long, buy), new Trigger(1, Retest, Side.Short, sell));

        Assert.Equal([Refusal.Conflict, Refusal.Conflict], said.Select(v => v.Why));
        Assert.Contains(said, v => Math.Abs(v.Value - (buy - sell)) < 1e-9);
        Assert.All(said, v => Assert.Equal(1.0, v.Limit));
    }

    [Fact]
    public void Conflict_WithALeadOfOnePoint_IsWon()
    {
        var said = Scripted.Run(new Trigger(1, Retest, Side.Short, 3), new Trigger(1, Sweep, Side.Long, 4));

        Assert.Equal([(Side.Long, null), (Side.Short, Refusal.Conflict)], said.Select(v => (v.Side, v.Why)));
    }

    [Fact]
    public void Conflict_OnOtherSymbolsOrBars_IsNone()
    {
        var said = Scripted.Run(new Trigger(1, Sweep, Side.Long, 4), new Trigger(1, Retest, Side.Short, 4, Symbol: 1));

        Assert.All(said, v => Assert.Null(v.Why));
    }

    [Fact]
    public void Conflict_WithATriggerBelowTheThreshold_IsNone()
    {
        var said = Scripted.Run(new Trigger(1, Sweep, Side.Long, 3), new Trigger(1, Retest, Side.Short, 1.5));

        Assert.Equal([(Side.Short, Refusal.ScoreTooLow), (Side.Long, null)], said.Select(v => (v.Side, v.Why)));
    }

    [Fact]
    public void Conflict_WithActionPrice_IsNone()
    {
        var said = Scripted.Run(new Trigger(1, Sweep, Side.Long, 4), new Trigger(1, ActionPrice.CatalogName, Side.Short, 4));

        Assert.Equal([(Sweep, null), (ActionPrice.CatalogName, Refusal.OpposingPosition)], said.Select(v => (v.Strategy, v.Why)));
    }

    [Fact]
    public void Lock_OfASymbolAndSide_LastsAnHour()
    {
        // Bars are 15 minutes: bar 4 closes 45 minutes after bar 1, bar 5 an hour after.
        var said = Scripted.Run(
            new Trigger(1, Sweep, Side.Long, 4), new Trigger(4, Retest, Side.Long, 4), new Trigger(5, Retest, Side.Long, 4));

        Assert.Equal([null, Refusal.Locked, null], said.Select(v => v.Why));
        Assert.Equal(15, said[1].Value);   // minutes left
    }

    [Fact]
    public void Lock_IsOfOneDirectionAndOneSymbol()
    {
        // 1.10 #11 and #23: the key is (symbol, direction), everywhere.
        var said = Scripted.Run(
            new Trigger(1, Sweep, Side.Long, 4),
            new Trigger(2, Retest, Side.Short, 4),
            new Trigger(2, Retest, Side.Long, 4, Symbol: 1));

        Assert.DoesNotContain(said, v => v.Why is Refusal.Locked);
        Assert.Equal(Refusal.OpposingPosition, said.Single(v => v.Side == Side.Short).Why);
    }

    [Fact]
    public void Block_OfAStrategy_LastsUntilItsSignalHasEnded()
    {
        var options = Scripted.Options with { Scoring = Scripted.Options.Scoring with { LockMinutes = 0 } };
        var said = Scripted.Run(
            options,
            new Trigger(1, Sweep, Side.Long, 4),
            new Trigger(3, Sweep, Side.Long, 4),
            new Trigger(3, Retest, Side.Long, 4),
            new Trigger(12, Sweep, Side.Long, 4));   // the time stop has closed the first by then

        Assert.Equal(
            [(Sweep, null), (Sweep, Refusal.StrategyBlocked), (Retest, null), (Sweep, null)],
            said.Select(v => (v.Strategy, v.Why)));
    }

    [Fact]
    public void ActionPrice_HasItsOwnLockAndCoolDown()
    {
        var options = Scripted.Options with { ActionPriceScalpExits = Scripted.Options.Exits };   // ends by time, like a core signal
        var said = Scripted.Run(
            options,
            new Trigger(1, ActionPrice.CatalogName, Side.Long, 4),
            new Trigger(2, Sweep, Side.Long, 4),                        // not locked by Action Price
            new Trigger(8, ActionPrice.CatalogName, Side.Long, 4),      // its own signal still lives
            new Trigger(9, ActionPrice.CatalogName, Side.Long, 4));     // eight bars after the first

        Assert.Null(said[0].Why);
        Assert.Null(said[1].Why);
        Assert.Contains(said[2].Why, new Refusal?[] { Refusal.StrategyBlocked, Refusal.CoolDown });
        Assert.NotEqual(Refusal.CoolDown, said[3].Why);
    }

    [Fact]
    public void ActionPrice_CoolDown_CountsEightBarsFromTheAcceptedSignal()
    {
        // A limit that expires after one bar frees the strategy long before the cool-down is over.
        var options = Scripted.Options with { Risk = Scripted.Options.Risk with { PullbackExpiryBars = 1 } };
        var said = Scripted.Run(
            options,
            new Trigger(1, ActionPrice.CatalogName, Side.Long, 4, EntryCategory.Pullback, Price: 90),
            new Trigger(8, ActionPrice.CatalogName, Side.Long, 4, EntryCategory.Pullback, Price: 90),
            new Trigger(9, ActionPrice.CatalogName, Side.Long, 4, EntryCategory.Pullback, Price: 90));

        Assert.Equal([null, Refusal.CoolDown, null], said.Select(v => v.Why));
        Assert.Equal(15, said[1].Value);
    }

    [Fact]
    public void Position_OfTheSymbol_IsOne_TheNextSignalIsShadowed()
    {
        var said = Scripted.Run(new Trigger(1, Sweep, Side.Long, 4), new Trigger(6, Retest, Side.Long, 4));

        Assert.Equal(TradePlan.Primary, said[0].Plan!.Execution);
        Assert.Equal($"shadowed by {said[0].Plan!.Id.Value}", said[1].Plan!.Execution);
    }

    [Fact]
    public void Position_OnTheSameBar_GoesToTheCoreStrategy()
    {
        var said = Scripted.Run(
            new Trigger(1, ActionPrice.CatalogName, Side.Long, 11), new Trigger(1, Sweep, Side.Long, 4));

        Assert.Equal([Sweep, ActionPrice.CatalogName], said.Select(v => v.Strategy));
        Assert.Equal(TradePlan.Primary, said[0].Plan!.Execution);
        Assert.StartsWith("shadowed by", said[1].Plan!.Execution, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenRisk_AboveItsLimit_IsRefusedWithItsNumber()
    {
        var options = Scripted.Options with { Risk = Scripted.Options.Risk with { OpenRiskMax = 0.015m } };
        var said = Scripted.Run(options, new Trigger(1, Sweep, Side.Long, 4), new Trigger(1, Sweep, Side.Long, 4, Symbol: 1));

        Assert.Equal([null, Refusal.OpenRiskTooHigh], said.Select(v => v.Why));
        Assert.InRange(said[1].Value, 0.0151, 0.02);
        Assert.Equal(0.015, said[1].Limit, 12);
    }

    [Fact]
    public void OpenRisk_OfAShadowedSignal_DoesNotCount()
    {
        var options = Scripted.Options with { Risk = Scripted.Options.Risk with { OpenRiskMax = 0.025m } };
        var said = Scripted.Run(
            options,
            new Trigger(1, Sweep, Side.Long, 4),
            new Trigger(6, Retest, Side.Long, 4),
            new Trigger(6, Retest, Side.Long, 4, Symbol: 1));

        Assert.All(said, v => Assert.Null(v.Why));
    }

    [Fact]
    public void Positions_AboveTheirLimit_AreRefused()
    {
        var options = Scripted.Options with { Risk = Scripted.Options.Risk with { PositionsMax = 1 } };
        var said = Scripted.Run(options, new Trigger(1, Sweep, Side.Long, 4), new Trigger(1, Sweep, Side.Long, 4, Symbol: 1));

        Assert.Equal([null, Refusal.TooManyPositions], said.Select(v => v.Why));
    }

    [Fact]
    public void Factors_TooFew_AreRefusedWithTheirNumber()
    {
        var said = Scripted.Run(new Trigger(1, Sweep, Side.Long, 9, OwnVolume: false));

        Assert.Equal((Refusal.TooFewFactors, 0, 1), (said[0].Why, said[0].Value, said[0].Limit));
    }

    [Fact]
    public void Confluence_OfTwoStrategiesWithinThreeBars_AddsItsBonusAndTheFartherStop()
    {
        var said = Scripted.Run(
            new Trigger(1, Sweep, Side.Long, 0.5, Stop: 97.5),           // refused: the score is too low; a trigger all the same
            new Trigger(3, Retest, Side.Long, 3, Stop: 98.5),
            new Trigger(4, Profile, Side.Long, 3, Stop: 98.5, Symbol: 1));

        Assert.Equal(Refusal.ScoreTooLow, said[0].Why);
        Assert.Equal(3 + 1 + 1.5, said[1].Score, 12);
        Assert.Equal(97.5m, said[1].Plan!.Stop);
        Assert.Equal(3 + 1, said[2].Score, 12);
    }

    [Fact]
    public void Confluence_ThreeBarsLater_IsOver()
    {
        var said = Scripted.Run(new Trigger(1, Sweep, Side.Long, 0.5), new Trigger(4, Retest, Side.Long, 3));

        Assert.Equal(3 + 1, said[1].Score, 12);
    }

    [Fact]
    public void Order_OfOneClosingTime_IsByScoreThenCatalogThenSymbol()
    {
        Trigger[] triggers =
        [
            new(1, Profile, Side.Long, 3, Symbol: 1),
            new(1, Retest, Side.Long, 3, Symbol: 0),
            new(1, Sweep, Side.Long, 4, Symbol: 2),
            new(1, Retest, Side.Long, 3, Symbol: 2),
            new(1, Sweep, Side.Long, 3, Symbol: 1),
        ];

        var said = Scripted.Run(triggers);
        var reversed = Scripted.Run([.. triggers.Reverse()]);

        // On symbols 1 and 2 two strategies agree, each worth 1.5 more.
        Assert.Equal([(Sweep, 2), (Sweep, 1), (Retest, 2), (Profile, 1), (Retest, 0)], said.Select(v => (v.Strategy, v.Symbol)));
        Assert.Equal(said.Select(v => v.ToString()), reversed.Select(v => v.ToString()));
    }

    [Fact]
    public void Btc_Impulse_BlocksMeanReversionForHalfAnHour()
    {
        var said = Scripted.Run(
            Scripted.Options,
            impulseAtBar: 4,
            new Trigger(4, Sweep, Side.Long, 4, EntryCategory.MeanReversion),
            new Trigger(4, Retest, Side.Long, 4, EntryCategory.Breakout, Symbol: 1),
            new Trigger(5, Profile, Side.Long, 4, EntryCategory.MeanReversion),
            new Trigger(6, Sweep, Side.Long, 4, EntryCategory.MeanReversion));

        Assert.Equal(
            [(4, Refusal.BtcImpulse), (4, null), (5, Refusal.BtcImpulse), (6, null)],
            said.Select(v => (v.Bar, v.Why)));
    }

    [Fact]
    public void Size_TooSmall_IsRefusedWithTheNotionalThatTheEquityAllows()
    {
        // 1 % of 5 USDT over a stop of one unit would be 5 USDT of notional; the costs make it less.
        var options = Scripted.Options with { Risk = Scripted.Options.Risk with { StartingBalance = 5 } };
        var said = Scripted.Run(options, new Trigger(1, Sweep, Side.Long, 4));

        Assert.Equal((Refusal.SizeTooSmall, 5.0), (said[0].Why, said[0].Limit));
        Assert.InRange(said[0].Value, 4, 4.99);
    }
}
