using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Functions.Timers;
using FuturesBot.TestKit;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Functions.Tests;

/// <summary>What timers ask for, and when.</summary>
public sealed class TimersTests
{
    private static readonly TimerInfo Fired = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2026-11-02T10:15:20Z", "15m gaps")]
    [InlineData("2026-11-02T10:30:20Z", "15m")]
    [InlineData("2026-11-02T11:00:20Z", "15m 1h symbols")]
    [InlineData("2026-11-02T12:00:20Z", "15m 1h 4h symbols")]
    [InlineData("2026-11-03T00:00:20Z", "15m 1h 4h 1d symbols")]
    [InlineData("2026-11-02T10:29:59Z", "15m gaps")]   // late by a quarter of an hour: still the close that it was for
    public async Task RefreshCandles_OnTimeOrLateOrTwice_AsksOnceForAllThatCameDue(string at, string expected)
    {
        using var app = new AppInMemory(time: new ManualTime(DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture)));
        var timers = Timers(app);

        await timers.AskAsync(Cancel);
        await timers.AskAsync(Cancel);

        var asked = app.Commands.Sent.DistinctBy(sent => sent.Id).Select(sent => sent.Command).ToArray();
        Assert.Equal(expected, string.Join(' ', asked.Select(Told)));
        Assert.Equal(asked.Length * 2, app.Commands.Sent.Count);
        Assert.All(asked.OfType<SidecarCommand.RefreshCandles>(), one => Assert.True(one.Frame.IsAligned(one.CloseMs)));

        static string Told(SidecarCommand command) => command switch
        {
            SidecarCommand.RefreshCandles candles => candles.Frame.Code(),
            SidecarCommand.RefreshSymbols => "symbols",
            SidecarCommand.CheckIntegrity { Days: 2 } => "gaps",
            _ => command.GetType().Name,
        };
    }

    [Fact]
    public async Task RefreshCandles_OfADay_AsksForSymbolsAndGapsOnceAnHour()
    {
        var time = new ManualTime(new(2026, 11, 2, 0, 0, 20, TimeSpan.Zero));
        using var app = new AppInMemory(time: time);
        var timers = Timers(app);

        for (var i = 0; i < 96; i++, time.Advance(TimeSpan.FromMinutes(15))) await timers.AskAsync(Cancel);

        Assert.Equal(app.Commands.Sent.Count, app.Commands.Sent.DistinctBy(sent => sent.Id).Count());
        Assert.Equal(24, app.Commands.Sent.Count(sent => sent.Command is SidecarCommand.RefreshSymbols));
        Assert.Equal(24, app.Commands.Sent.Count(sent => sent.Command is SidecarCommand.CheckIntegrity));
        Assert.Equal(96 + 24 + 6 + 1, app.Commands.Sent.Count(sent => sent.Command is SidecarCommand.RefreshCandles));
    }

    [Fact]
    public async Task RefreshCandles_OfAnHour_LooksOnceForWhatTheHostGaveUp()
    {
        await using var hub = await TestHub.StartAsync();
        var time = new ManualTime(new(2026, 11, 2, 10, 15, 20, TimeSpan.Zero));
        using var app = new AppInMemory(time: time);

        for (var i = 0; i < 4; i++, time.Advance(TimeSpan.FromMinutes(15))) await Timers(app).RefreshCandles(Fired, hub.Client, Cancel);

        Assert.Equal(1, app.GivenUpLooks);
    }

    [Fact]
    public async Task IntegrityReport_FiredTwice_AsksUnderOneId()
    {
        using var app = new AppInMemory();
        var timers = Timers(app);
        for (var i = 0; i < 2; i++) await timers.IntegrityReport(Fired, Cancel);

        var asked = Assert.Single(app.Commands.Sent.DistinctBy(sent => sent.Id));

        Assert.Equal(new SidecarCommand.CheckIntegrity(app.Parts.Bot.Retention.CandleDays), asked.Command);
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
        var (position, ledger) = (await StoredRun.FindPositionAsync(app.Signals, Cancel), app.Ledger.ToArray());
        await timers.WeeklySummary(Fired, client: null!, Cancel);

        Assert.NotNull(position);
        Assert.Equal(position, await StoredRun.FindPositionAsync(app.Signals, Cancel));
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

        Assert.Equal(isDue ? last.CloseMs : null, await StoredRun.FindPositionAsync(app.Signals, Cancel));
    }
    private static MarketTimers Timers(AppInMemory app) => new(app.Parts, NullLogger<MarketTimers>.Instance);
}
