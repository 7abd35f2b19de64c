using System.ComponentModel.DataAnnotations;
using System.Reflection;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Strategies;
using FuturesBot.Domain.Signals;
using Xunit;

namespace FuturesBot.Domain.Tests.Risk;

public sealed class SizingTests
{
    private static readonly SymbolRules Rules = SymbolRules.FromTick(0.01m);

    [Fact]
    public void Size_OnePercentOf10000_LosesThatAtTheStop()
    {
        // 10 000 · 1 % / (2 + 0.1) = 47.619…
        var size = PositionSizing.Size(RiskOptions.Default, Rules, 10_000m, 100m, 98m, costPerUnit: 0.1m);

        Assert.Equal(47.619m, size.Value);
    }

    [Fact]
    public void Size_NearStop_IsCappedByNotional()
    {
        var size = PositionSizing.Size(RiskOptions.Default, Rules, 10_000m, 100m, 99.9m, 0m);

        Assert.Equal(300m, size.Value);   // 3 · 10 000 / 100, not 1 000
    }

    [Fact]
    public void Size_LargestMarketOrder_Caps() =>
        Assert.Equal(
            5m,
            PositionSizing.Size(
                RiskOptions.Default, Rules with { MaxMarketQuantity = 5m }, 10_000m, 100m, 98m, 0m).Value);

    [Fact]
    public void Size_BelowMinNotional_IsZero() =>
        Assert.Equal(
            Quantity.Zero,
            PositionSizing.Size(RiskOptions.Default, Rules, 9m, 100m, 98m, 0m));   // 0.045 · 100 < 5

    [Theory]
    [InlineData(10, 3, 4, 3)]
    [InlineData(0.16, 0, 0.16, 0)]     // 0.048 · 102 < 5 → second; the runner, 0.048 · 98 < 5, back to it
    [InlineData(0.18, 0.054, 0.072, 0.054)]
    [InlineData(0.06, 0, 0, 0.06)]     // first into second, both into the runner
    public void Split_SmallLegs_GoIntoAnother(double quantity, double first, double second, double runner) =>
        Assert.Equal(
            new TargetLegs((decimal)first, (decimal)second, (decimal)runner),
            Targets.Split(Rules, ExitOptions.Default, Side.Long, 100m, 98m, (decimal)quantity));

    [Fact]
    public void Split_AnySize_KeepsTheTotalAndLeavesNoCrumb()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            ExitOptions[] exits = [ExitOptions.Default, ExitOptions.ActionPriceScalp, ExitOptions.ActionPriceSeed];
            var size = Rules.ToQuantity((decimal)(0.06 + (random.NextDouble() * 0.4))).Value;

            var legs = Targets.Split(Rules, exits[seed % 3], Side.Long, 100m, 98m, size);
            var (first, second) = Targets.Shares(exits[seed % 3], legs);

            Assert.True(legs.Total == size, $"seed {seed}: {legs}");
            foreach (var leg in new[] { legs.First, legs.Second, legs.Runner })
                Assert.True(leg == 0m || leg * 104m >= 5m, $"seed {seed}: {legs}");
            Assert.True(first >= 0m && second >= 0m && first + second <= 1m, $"seed {seed}: {first} {second}");
        }
    }

    [Theory]
    [InlineData(EntryCategory.Breakout, EntryType.Market, 100.06, 0)]
    [InlineData(EntryCategory.Pullback, EntryType.Limit, 100.05, 6)]        // buys are rounded down
    [InlineData(EntryCategory.MeanReversion, EntryType.Limit, 99.90, 4)]    // 100.056 − 0.15
    public void Entry_Category_DecidesTypePriceAndLife(
        EntryCategory category, EntryType type, double price, int bars) =>
        Assert.Equal(
            new EntryTerms(type, (decimal)price, bars),
            EntryPlacement.For(RiskOptions.Default, Rules, category, Side.Long, 100.056, atr: 1));

    [Fact]
    public void Plan_MeanReversion_MovesTheStopByTheEntrysOffset()
    {
        var decision = TradePlanner.Plan(Request(EntryCategory.MeanReversion), []);

        var plan = decision.Plan;
        Assert.Null(decision.Why);
        Assert.Equal((99.85m, 97.88m, 101.82m), (plan.Entry, plan.Stop, plan.Target1));   // 98.03 − 0.15
        Assert.Equal(plan.Risk * 2, plan.Target2 - plan.Entry);
        Assert.Equal(16, plan.Id.Value.Length);
    }

    [Fact]
    public void Plan_MovedStopOnARoundNumber_GoesTwoTicksOutward() =>
        Assert.Equal(   // 98.15 − 0.15 = 98.00
            97.98m,
            TradePlanner.Plan(Request(EntryCategory.MeanReversion) with { Anchor = 98.15 }, []).Plan.Stop);

    [Fact]
    public void Plan_CostAboveAFifthOfR_IsRefused()
    {
        // fees 0.1; slippage 0.05 · 1/√15 = 0.0129, the stop's twice that: 0.13873 / 0.31 = 0.4475 R
        var decision = TradePlanner.Plan(Request(EntryCategory.Breakout) with { Anchor = 99.69 }, []);

        Assert.Equal(Refusal.CostTooHigh, decision.Why);
        Assert.Equal(0.448m, Math.Round(decision.CostR, 3));
        Assert.Equal(decision.CostR, decision.Plan.CostR);
    }

    [Fact]
    public void Plan_ThreeParts_SaysWhatItGainsAndWhatWinRateItNeeds()
    {
        // 0.3 · 1 R + 0.4 · 2 R + 0.3 · 2 R = 1.7 R; of 100 trades p gain 1.7 R, the others lose 1 R, all cost c:
        // 1.7 p − (1 − p) − c = 0  →  p = (1 + c) / 2.7
        var plan = TradePlanner.Plan(Request(EntryCategory.Breakout), []).Plan;

        Assert.InRange(plan.CostR, 0.05m, 0.2m);
        Assert.Equal(1.7m, Math.Round(plan.RewardR, 6));
        Assert.Equal(Math.Round((1 + plan.CostR) / 2.7m, 6), Math.Round(plan.BreakEvenWinRate, 6));
    }

    [Fact]
    public void Plan_OnePart_GainsItsTargetOnly() => Assert.Equal(
        1m, TradePlanner.Plan(Request(EntryCategory.Breakout) with { Exits = ExitOptions.ActionPriceScalp }, []).Plan.RewardR);

    [Fact]
    public void Plan_TooLittleEquity_IsRefused() =>
        Assert.Equal(
            Refusal.SizeTooSmall,
            TradePlanner.Plan(Request(EntryCategory.Breakout) with { Equity = 1m }, []).Why);

    [Fact]
    public void Plan_StopTooFar_IsRefusedWithThePlanShown()
    {
        var decision = TradePlanner.Plan(Request(EntryCategory.Breakout) with { Anchor = 96.05 }, []);

        Assert.Equal((Refusal.StopTooFar, 96.05m), (decision.Why, decision.Plan.Stop));
    }

    [Fact]
    public void SignalId_SameSetup_SameId()
    {
        var id = SignalId.For(Symbol.Btc, TimeFrame.M15, "ActionPrice", Side.Long, 1_700_000_100_000);

        Assert.Equal(SignalId.For(Symbol.Btc, TimeFrame.M15, "ActionPrice", Side.Long, 1_700_000_100_000), id);
        Assert.NotEqual(SignalId.For(Symbol.Btc, TimeFrame.M15, "ActionPrice", Side.Short, 1_700_000_100_000), id);
        Assert.Matches("^[0-9a-f]{16}$", id.Value);
    }

    [Theory]
    [InlineData(0.09, null)]
    [InlineData(0.3, Refusal.SpreadTooWide)]   // 0.3 % and 15 % of R
    public void Spread_WideForPriceAndR_IsRefused(double spread, Refusal? why) =>
        Assert.Equal(why, EntryGates.Spread(RiskOptions.Default, (decimal)spread, 100m, 2m));

    [Theory]
    [InlineData(96.1, Refusal.LiquidationTooNear)]
    [InlineData(96.0, null)]   // 2 ATR beyond the stop
    public void Liquidation_NearTheStop_IsRefused(double liquidation, Refusal? why) =>
        Assert.Equal(
            why, EntryGates.Liquidation(RiskOptions.Default, Side.Long, 98m, (decimal)liquidation, atr: 1));

    [Fact]
    public void Limits_EachReached_SaysWhich()
    {
        var calm = new PortfolioView(0, 0, 0.01m, 0.01m, 0m, 0m, 0m, 0, 0);
        (PortfolioView View, Refusal? Why)[] cases =
        [
            (calm, null),
            (calm with { OpenPositions = 10 }, Refusal.TooManyPositions),
            (calm with { ClusterPositions = 3 }, Refusal.CorrelatedCluster),
            (calm with { OpenRisk = 0.021m }, Refusal.OpenRiskTooHigh),
            (calm with { DayResult = -0.03m }, Refusal.DailyLossReached),
            (calm with { WeekResult = -0.05m }, Refusal.WeeklyLossReached),
            (calm with { Drawdown = 0.1m }, Refusal.DrawdownReached),
            (calm with { LossesInRow = 4, LastLossAtMs = 1 }, Refusal.LosingStreak),
            (calm with { LossesInRow = 4, LastLossAtMs = -4 * 3_600_000 }, null),
        ];

        Assert.All(cases, c => Assert.Equal(c.Why, PortfolioLimits.Check(RiskOptions.Default, c.View, nowMs: 0)));
    }

    [Fact]
    public void FundingSchedule_CountsSettlementsHalfOpen()
    {
        const long Hour = 3_600_000;
        var schedule = FundingSchedule.Default;

        Assert.Equal(8 * Hour, schedule.AtOrAfter(8 * Hour));
        Assert.Equal(16 * Hour, schedule.After(8 * Hour));
        Assert.Equal((0, 1, 3), (
            schedule.Count(1, 8 * Hour), schedule.Count(1, (8 * Hour) + 1), schedule.Count(0, 24 * Hour)));
        // long 100/98, two settlements of 0.01 % of 100 = 0.02 → 0.01 R
        Assert.Equal(0.01m, schedule.PredictedR(Side.Long, 100m, 98m, 0, 17 * Hour));
        Assert.Equal(-0.01m, schedule.PredictedR(Side.Short, 100m, 102m, 0, 17 * Hour));
    }

    [Theory]
    [InlineData(50, 0.1, 0.01)]         // a tick; 1 bp = 0.005, 0.05 · ATR1m = 0.005
    [InlineData(60_000, 5, 6)]          // 1 bp; 0.05 · ATR1m = 0.25
    [InlineData(60_000, 400, 20)]       // 0.05 · ATR1m
    [InlineData(60_000, double.NaN, 6)]
    public void Slippage_IsTheLargestOfTheThree(double price, double atr1m, double expected)
    {
        Assert.Equal((decimal)expected, Costs.Slippage(CostRates.Default, Rules, (decimal)price, atr1m));
        Assert.Equal(2 * (decimal)expected, Costs.StopSlippage(CostRates.Default, Rules, (decimal)price, atr1m));
        Assert.Equal(0m, Costs.Slippage(CostRates.None, Rules, (decimal)price, atr1m));
    }

    [Fact]
    public void Options_EveryProfile_LiesInItsRanges()
    {
        object[] profiles =
        [
            RiskOptions.Default, RiskOptions.Seed, CostRates.Default, CostRates.None, FundingSchedule.Default,
            FundingSchedule.None, ExitOptions.Default, ExitOptions.Seed, ExitOptions.ActionPrice,
            ExitOptions.ActionPriceScalp, ExitOptions.ActionPriceSeed, ExitOptions.ActionPriceScalpSeed,
        ];
        foreach (var profile in profiles)
        {
            foreach (var property in profile.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                if (property.GetCustomAttribute<RangeAttribute>() is { } range)
                    Assert.True(range.IsValid(property.GetValue(profile)), $"{profile.GetType().Name}.{property.Name}");
            }
        }
    }

    private static PlanRequest Request(EntryCategory category) => new()
    {
        Symbol = Symbol.Btc,
        Strategy = "Test",
        Side = Side.Long,
        Frame = TimeFrame.M15,
        Category = category,
        DecidedAtMs = 1_700_000_100_000,
        SignalPrice = 100,
        Atr = 1,
        Anchor = 98.03,
        Rules = Rules,
        Equity = 10_000m,
    };
}
