using FuturesBot.Dashboard.Running;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Dashboard.Tests;

public sealed class BeatViewsTests
{
    private const long Now = 1_795_219_200_000;
    private const long Started = Now - 3_600_000;
    private static readonly WatchdogOptions Options = new();

    [Fact]
    public void Of_AllThatLive_AreQuietAndInOrder()
    {
        var views = Of(
            new("timers", Now - 30_000), new("orchestrations", Now - 30_000, 0, "3 followed"), new("sidecar", Now - 1_000, 90, new string('a', 64)),
            new("market-events", Now - 3_000_000, 90, new string('a', 64)));

        Assert.Equal(["sidecar", "market-events", "timers", "orchestrations"], views.Select(view => view.Component));
        Assert.All(views, view => Assert.Equal((PartState.Working, HealthLevel.Ok), (view.State, view.Level)));
        var taker = views[1];
        Assert.Equal((90L, 0L, "agrees"), (taker.Number, taker.Behind, taker.Agreement));
        Assert.Null(taker.LimitSeconds);   // it speaks with its batches alone
        Assert.Equal("", taker.Says);      // a hash is no word
        Assert.Equal("3 followed", views[3].Says);
    }

    [Fact]
    public void Of_APartBeyondItsLimit_IsSilentAlsoWhereNobodyWatches()
    {
        var timers = Of(new Beat("timers", Now - 1_201_000)).Single(view => view.Component == "timers");

        Assert.Equal((PartState.Silent, HealthLevel.Crit, 1_201.0), (timers.State, timers.Level, timers.AgeSeconds));
    }

    [Theory]
    [InlineData(60_000, PartState.NotSeen, HealthLevel.Warn)]
    [InlineData(1_501_000, PartState.Silent, HealthLevel.Crit)]
    public void Of_APartThatWasNeverSeen_HasNoAgeAndMayComeUpForAWhile(long lookedForMs, PartState state, HealthLevel level)
    {
        var timers = BeatViews.Of([], Options, FollowerVerdict.Unknown, 0, null, Now - lookedForMs, Now).Single(view => view.Component == "timers");

        Assert.Equal((state, level), (timers.State, timers.Level));
        Assert.Null(timers.AtMs);
        Assert.True(double.IsNaN(timers.AgeSeconds));
    }

    [Theory]
    [InlineData(119_000, PartState.Working)]
    [InlineData(121_000, PartState.Behind)]
    public void Of_ABatchThatWaits_MakesTheKernelBehindAfterItsLimit(long waitedMs, PartState state)
    {
        var views = BeatViews.Of(
            [new("market-events", Now - 3_000_000, 88)], Options, FollowerVerdict.Agrees, headNumber: 90, Now - waitedMs, Started, Now);

        var taker = views.Single(view => view.Component == "market-events");
        Assert.Equal((state, 2L), (taker.State, taker.Behind));
    }

    [Fact]
    public void Of_LedgersThatDiffer_SaysSoBeforeAllElse()
    {
        var views = BeatViews.Of([new("market-events", Now, 90)], Options, FollowerVerdict.Differs, 90, null, Started, Now);

        var taker = views.Single(view => view.Component == "market-events");
        Assert.Equal((PartState.Differs, HealthLevel.Crit, "differs"), (taker.State, taker.Level, taker.Agreement));
    }

    [Theory]
    [InlineData(89_000, PartState.Working)]
    [InlineData(91_000, PartState.Silent)]
    public void Of_AHolderThatAStandbyLooksAt_IsSilentSoonerThanTheRest(long ageMs, PartState state) =>
        Assert.Equal(state, Of(new Beat("sidecar", Now - ageMs)).Single(view => view.Component == "sidecar").State);

    [Fact]
    public void Of_AStandbyThatIsGone_IsNoTrouble()
    {
        var views = Of(new("sidecar", Now, 90), new("sidecar-standby", Now - 86_400_000, 40));

        var standby = views.Single(view => view.Component == "sidecar-standby");
        Assert.Equal((PartState.Away, HealthLevel.Ok), (standby.State, standby.Level));
    }

    private static IReadOnlyList<BeatView> Of(params Beat[] beats) => BeatViews.Of(beats, Options, FollowerVerdict.Agrees, 90, null, Started, Now);
}
