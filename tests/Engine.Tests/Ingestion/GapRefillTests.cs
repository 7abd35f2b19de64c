using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Ingestion;

public sealed class GapRefillTests
{
    private static readonly LoaderOptions NoPauses = new() { BurstPauseMs = 0, BusyPauseMs = 0 };
    private static readonly SymbolHistory[] TwoSymbols = [Of("BTCUSDT"), Of("ETHUSDT")];

    private readonly FakeMarket _market = new();
    private readonly MemoryCandleStore _store = new();
    private readonly ManualTime _time = new();
    private readonly Notes _notes = new();

    [Theory]
    [InlineData("2026-11-18T12:15:00Z", "1m 15m")]
    [InlineData("2026-11-18T13:00:00Z", "1m 15m 1h")]
    [InlineData("2026-11-18T16:00:00Z", "1m 15m 1h 4h")]
    [InlineData("2026-11-19T00:00:00Z", "1m 15m 1h 4h 1d")]
    public void FramesAt_Quarter_AreThoseThatHaveJustClosed(string time, string frames) =>
        Assert.Equal(frames, string.Join(' ', GapRefill.FramesAt(Ms(time)).Select(frame => frame.Code())));

    [Fact]
    public async Task Search_HolesWithinTheLookBack_AreFilledAndOlderOnesLeft()
    {
        var now = Ms("2026-11-18T12:00:00Z");
        _market.NowMs = now;
        await FillAsync(now, without: ["BTCUSDT 15m 10:15", "BTCUSDT 15m 09:45", "ETHUSDT 1h 11:00", "ETHUSDT 4h 08:00"]);

        var report = await Refill().SearchAsync(TwoSymbols, GapRefill.FramesAt(now), now);

        Assert.Equal(
            ["BTCUSDT 15m", "ETHUSDT 1h", "ETHUSDT 4h"],
            report.Filled.Where(one => one.Value == 1).Select(one => one.Key.ToString()).Order());
        Assert.Equal(3, _market.Weight);
        Assert.Equal(["filled BTCUSDT 15m 1", "filled ETHUSDT 1h 1", "filled ETHUSDT 4h 1"], _notes.All.Order());
    }

    [Fact]
    public async Task Search_NothingMissing_AsksForNothing()
    {
        var now = Ms("2026-11-18T12:00:00Z");
        await FillAsync(now);
        var report = await Refill().SearchAsync(TwoSymbols, GapRefill.FramesAt(now), now);
        Assert.Empty(_market.Requests);
        Assert.Equal(6, report.Looked);   // 12:00 closes no day
    }

    [Fact]
    public async Task Search_SymbolYoungerThanTheLookBack_AsksOnceAndThenOnlyForWhatIsNew()
    {
        var now = Ms("2026-11-18T12:00:00Z");
        _market.NowMs = now;
        _market.Onboard[Symbol.Btc] = now - TimeFrame.M15.Ms();   // which nobody told us
        var refill = Refill();

        var first = await refill.SearchAsync(TwoSymbols[..1], [TimeFrame.M15], now);
        var asked = _market.Requests.Count;
        var second = await refill.SearchAsync(TwoSymbols[..1], [TimeFrame.M15], now);

        Assert.Equal((0, 0), (first.Missing, second.Missing));
        Assert.Equal(asked, _market.Requests.Count);
    }

    [Fact]
    public async Task Search_BudgetInUse_LeavesTheRestToTheNextTime()
    {
        var now = Ms("2026-11-18T12:00:00Z");
        _market.NowMs = now;
        _market.Before = _ =>
        {
            _market.Use = 0.3;
            return Task.CompletedTask;
        };

        var first = await Refill().SearchAsync(TwoSymbols, [TimeFrame.M15], now);
        _market.Use = 0.29;
        _market.Before = null;
        var second = await Refill().SearchAsync(TwoSymbols, [TimeFrame.M15], now);

        Assert.Equal((1, 1), (first.Filled.Count, first.Skipped));
        Assert.Equal((1, 0), (second.Filled.Count, second.Skipped));
    }

    [Fact]
    public async Task Search_OneSeriesFails_TheOthersAreFilled()
    {
        var now = Ms("2026-11-18T12:00:00Z");
        _market.NowMs = now;
        _market.Distort = (_, series, right) => series.Symbol == Symbol.Btc ? throw new IOException("cut") : right;

        var report = await Refill().SearchAsync(TwoSymbols, [TimeFrame.M15], now);

        Assert.Equal((1, 1), (report.Failed, report.Filled.Count));
        Assert.IsType<IOException>(Assert.Single(_notes.Failures));
    }

    [Fact]
    public async Task Run_AfterTheQuietTime_SearchesShortlyAfterEachQuarter()
    {
        var start = Ms("2026-11-18T12:07:00Z");
        var clock = new TurnedClock(_time, start);
        var searches = new List<string>();
        using var ends = new CancellationTokenSource();
        var work = Task.Run(() => new GapRefill(Loader(), clock, _market, new(), _time, _notes).RunAsync(
            () => TwoSymbols,
            report =>
            {
                lock (searches) searches.Add(DateTimeOffset.FromUnixTimeMilliseconds(clock.NowMs).ToString("HH:mm:ss"));
            },
            ends.Token));

        while (clock.NowMs < Ms("2026-11-18T13:20:00Z"))
        {
            _market.NowMs = clock.NowMs;
            await Patience.UntilAsync(() => _time.TimersWaiting == 1, "it waits for the next quarter");
            _time.Advance(TimeSpan.FromSeconds(10));
        }

        await ends.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        Assert.Equal(["12:30:20", "12:45:20", "13:00:20", "13:15:20"], searches);
    }

    private static SymbolHistory Of(string name) => new(Symbol.Parse(name), 0, new Dictionary<TimeFrame, int>
    {
        [TimeFrame.M15] = 1_500,
        [TimeFrame.H1] = 1_500,
        [TimeFrame.H4] = 1_500,
        [TimeFrame.D1] = 100,
    });

    private static long Ms(string time) => DateTimeOffset.Parse(time).ToUnixTimeMilliseconds();

    private async Task FillAsync(long nowMs, params string[] without)
    {
        foreach (var series in TwoSymbols.SelectMany(one => one.Series))
        {
            var to = series.Frame.OpenOf(nowMs);
            var bars = _market.Range(series, to - (50 * series.Frame.Ms()), to)
                .Where(bar => bar.OpenTimeMs < TimeFrame.D1.OpenOf(nowMs) || !without.Contains($"{series} {DateTimeOffset.FromUnixTimeMilliseconds(bar.OpenTimeMs):HH:mm}"));
            await _store.AppendAsync(series, bars.ToArray());
        }
    }

    private HistoryLoader Loader() => new(_market, _store, _market, null, new(_market, NoPauses, _time), NoPauses);

    private GapRefill Refill() => new(Loader(), _market, _market, new(), _time, _notes);
}
