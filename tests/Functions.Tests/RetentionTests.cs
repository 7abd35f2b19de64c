using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using FuturesBot.Functions.Timers;
using FuturesBot.Functions.Tracking;
using FuturesBot.TestKit;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Functions.Tests;

/// <summary>What goes, and what stays because it lives or because somebody has to look at it.</summary>
public sealed class RetentionTests
{
    private static readonly TimerInfo Fired = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Retention_HistoriesOfAllKinds_PurgesThoseThatAreOverForLongAndKeepsFailedOnes()
    {
        await using var hub = await TestHub.StartAsync();
        hub.Commands.Fails = (id, _) => id.StartsWith("failed-", StringComparison.Ordinal);
        await StartAsync(hub, "ended", isFinal: true);
        await StartAsync(hub, "failed", isFinal: true);
        await StartAsync(hub, "alive", isFinal: false);
        await hub.EndOfAsync("ended", Cancel);
        await hub.EndOfAsync("failed", Cancel);
        await hub.SeeAsync("alive", seen => seen.Version == 1, Cancel);
        var time = new ManualTime(TimeProvider.System.GetUtcNow());
        using var app = new AppInMemory(time: time);
        var upkeep = new Upkeep(app.Parts, NullLogger<Upkeep>.Instance);

        time.Advance(Upkeep.HistoriesKept - TimeSpan.FromHours(1));
        await upkeep.Retention(Fired, hub.Client, Cancel);
        Assert.Equal(["alive", "ended", "failed"], await NamesAsync(hub));
        time.Advance(TimeSpan.FromHours(2));
        await upkeep.Retention(Fired, hub.Client, Cancel);
        await upkeep.Retention(Fired, hub.Client, Cancel);

        Assert.Equal(["alive", "failed"], await NamesAsync(hub));
        Assert.All(app.Commands.Sent, sent => Assert.IsType<SidecarCommand.Forget>(sent.Command));
        Assert.Equal(3, app.Commands.Sent.Count);
        Assert.Single(app.Commands.Sent.Skip(1).Select(sent => sent.Id).Distinct());   // of one day
    }

    [Fact]
    public async Task Retention_QueueThatIsAway_FailsAndDoesAllOfItTheNextTime()
    {
        await using var hub = await TestHub.StartAsync();
        await StartAsync(hub, "ended", isFinal: true);
        await hub.EndOfAsync("ended", Cancel);
        using var app = new AppInMemory(time: new ManualTime(TimeProvider.System.GetUtcNow() + Upkeep.HistoriesKept + TimeSpan.FromDays(1)));
        app.Commands.Fails = (_, tries) => tries == 1;
        var upkeep = new Upkeep(app.Parts, NullLogger<Upkeep>.Instance);

        await Assert.ThrowsAsync<IOException>(() => upkeep.Retention(Fired, hub.Client, Cancel));
        await upkeep.Retention(Fired, hub.Client, Cancel);

        Assert.Empty(await NamesAsync(hub));
        Assert.IsType<SidecarCommand.Forget>(Assert.Single(app.Commands.Sent).Command);
    }

    private static async Task StartAsync(TestHub hub, string id, bool isFinal)
    {
        await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            nameof(SignalOrchestrator.TrackSignal), SignalTracking.Begin(Told.View(id, 1)), new Microsoft.DurableTask.StartOrchestrationOptions(id), Cancel);
        await hub.Client.RaiseEventAsync(id, SignalOrchestrator.EventName, Told.Move(id, 1, isFinal), Cancel);
    }

    private static async Task<IEnumerable<string>> NamesAsync(TestHub hub)
    {
        var names = new List<string>();
        await foreach (var instance in hub.Client.GetAllInstancesAsync(new OrchestrationQuery()).WithCancellation(Cancel)) names.Add(instance.InstanceId);
        return names.Order(StringComparer.Ordinal);
    }
}
