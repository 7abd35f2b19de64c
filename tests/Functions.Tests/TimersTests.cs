using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Functions.Timers;
using FuturesBot.TestKit;
using Microsoft.Azure.Functions.Worker;
using Xunit;

namespace FuturesBot.Functions.Tests;

/// <summary>What timers ask for, and when.</summary>
public sealed class TimersTests
{
    private static readonly TimerInfo Fired = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-11-02T10:15:20Z", "15m")]
    [InlineData("2026-11-02T11:00:20Z", "15m 1h")]
    [InlineData("2026-11-02T12:00:20Z", "15m 1h 4h")]
    [InlineData("2026-11-03T00:00:20Z", "15m 1h 4h 1d")]
    [InlineData("2026-11-02T10:29:59Z", "15m")]   // late by a quarter of an hour: still the close that it was for
    public async Task RefreshCandles_OnTimeOrLateOrTwice_AsksOnceForEveryFrameThatClosed(string at, string frames)
    {
        using var app = new AppInMemory(time: new ManualTime(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));
        var timers = new MarketTimers(app.Parts);

        await timers.RefreshCandles(Fired, Cancel);
        await timers.RefreshCandles(Fired, Cancel);

        var asked = app.Commands.Sent.DistinctBy(sent => sent.Id).Select(sent => (SidecarCommand.RefreshCandles)sent.Command).ToArray();
        Assert.Equal(frames, string.Join(' ', asked.Select(one => one.Frame.Code())));
        Assert.Equal(asked.Length * 2, app.Commands.Sent.Count);
        Assert.All(asked, one => Assert.True(one.Frame.IsAligned(one.CloseMs)));
    }

    [Fact]
    public async Task HourlyAndDailyTimers_FiredTwice_AskUnderOneIdEach()
    {
        using var app = new AppInMemory();
        var timers = new MarketTimers(app.Parts);
        for (var i = 0; i < 2; i++)
        {
            await timers.RefreshSymbols(Fired, Cancel);
            await timers.RepairGaps(Fired, Cancel);
            await timers.IntegrityReport(Fired, Cancel);
        }

        var asked = app.Commands.Sent.DistinctBy(sent => sent.Id).Select(sent => sent.Command).ToArray();

        Assert.Equal(
            [new SidecarCommand.RefreshSymbols(), new SidecarCommand.CheckIntegrity(2), new SidecarCommand.CheckIntegrity(app.Parts.Bot.Retention.CandleDays)], asked);
    }

    [Theory]
    [InlineData("2026-11-02T22:06:00Z", true)]    // winter: the day ended at 21:59 UTC
    [InlineData("2026-11-02T21:06:00Z", false)]
    [InlineData("2026-07-02T21:06:00Z", true)]    // summer: at 20:59
    [InlineData("2026-07-02T22:06:00Z", false)]
    public Task DailySummary_JustAfterTheReadersMidnight_TakesInWhatNoMessageToldOf(string at, bool isDue) =>
        TakesInAsync(timers => timers.DailySummary(Fired, client: null!, Cancel), at, isDue);   // no signal moves: nobody is called

    [Theory]
    [InlineData("2026-11-01T22:08:00Z", true)]    // winter, a Sunday
    [InlineData("2026-11-01T22:13:59Z", true)]    // the timer was late
    [InlineData("2026-11-01T21:08:00Z", false)]
    [InlineData("2026-11-02T22:08:00Z", false)]   // the day ended, not the week
    [InlineData("2026-07-05T21:08:00Z", true)]    // summer
    [InlineData("2026-07-05T22:08:00Z", false)]
    public Task WeeklySummary_JustAfterTheReadersSunday_TakesInWhatNoMessageToldOf(string at, bool isDue) =>
        TakesInAsync(timers => timers.WeeklySummary(Fired, client: null!, Cancel), at, isDue);

    [Fact]
    public async Task WeeklySummary_FiredTwice_TakesEachBatchInOnce()
    {
        using var app = new AppInMemory(time: new ManualTime(new(2026, 11, 1, 22, 8, 0, TimeSpan.Zero)));
        await SmallMarket.StoreAsync(app.Candles, SmallMarket.LiveMs, Cancel);
        app.Log.Begin(SmallMarket.Setup);
        foreach (var batch in SmallMarket.Batches(2)) app.Log.Add(batch);
        var timers = new SummaryTimers(app.Parts);

        await timers.WeeklySummary(Fired, client: null!, Cancel);
        var (position, ledger) = (await MarketRunner.FindPositionAsync(app.Signals, Cancel), app.Ledger.ToArray());
        await timers.WeeklySummary(Fired, client: null!, Cancel);

        Assert.NotNull(position);
        Assert.Equal(position, await MarketRunner.FindPositionAsync(app.Signals, Cancel));
        Assert.Equal(ledger, app.Ledger.ToArray());
    }

    [Fact]
    public async Task WeeklySummary_NobodyHasBegunTheMarket_FailsAndSaysSo()
    {
        using var app = new AppInMemory(time: new ManualTime(new(2026, 11, 1, 22, 8, 0, TimeSpan.Zero)));

        var fault = await Assert.ThrowsAsync<InvalidDataException>(() => new SummaryTimers(app.Parts).WeeklySummary(Fired, client: null!, Cancel));

        Assert.Contains("was not begun", fault.Message, StringComparison.Ordinal);
    }

    private static async Task TakesInAsync(Func<SummaryTimers, Task> fire, string at, bool isDue)
    {
        using var app = new AppInMemory(time: new ManualTime(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));
        await SmallMarket.StoreAsync(app.Candles, SmallMarket.LiveMs, Cancel);
        app.Log.Begin(SmallMarket.Setup);
        var last = SmallMarket.Batches(2).Select(app.Log.Add).Last();   // published, and no message came

        await fire(new(app.Parts));

        Assert.Equal(isDue ? last.CloseMs : null, await MarketRunner.FindPositionAsync(app.Signals, Cancel));
    }
}
