using System.Collections.Concurrent;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Ingestion;

public sealed class ArchiveDownloadTests : IArchiveTaker
{
    private static readonly SeriesInfo Btc15m = new(Symbol.Btc, TimeFrame.M15);
    private static readonly SeriesInfo Eth1h = new(Symbol.Parse("ETHUSDT"), TimeFrame.H1);
    private static readonly long Now = Ms("2026-11-18T12:07:00Z");

    private readonly ManualTime _time = new();
    private readonly ConcurrentQueue<string> _taken = new();
    private Func<SeriesInfo, ArchivePeriod, DownloadedFile>? _instead;

    [Fact]
    public async Task Run_TwoSeries_TakesEachFileOnceAndTells()
    {
        var told = new ConcurrentQueue<DownloadProgress>();   // the series are told of side by side

        var report = await RunAsync("2026-10-01T00:00:00Z", "2026-11-03T00:00:00Z", told.Enqueue);

        Assert.Equal(
            ["BTCUSDT 15m 2026-10", "BTCUSDT 15m 2026-11-01", "BTCUSDT 15m 2026-11-02", "ETHUSDT 1h 2026-10", "ETHUSDT 1h 2026-11-01", "ETHUSDT 1h 2026-11-02"],
            report.Files.Select(file => file.ToString()));
        Assert.Equal(6, _taken.Count);
        Assert.Equal([1, 2, 3, 4, 5, 6], told.Select(one => one.Done).Order());
        Assert.All(told, one => Assert.Equal(6, one.Total));
        Assert.Equal(TimeSpan.Zero, told.Single(one => one.Done == 6).Left);
    }

    [Fact]
    public async Task Run_TellingIsSlow_CountsOneFileAtATime()
    {
        var told = new List<int>();

        await RunAsync("2026-09-01T00:00:00Z", "2026-11-03T00:00:00Z", one =>
        {
            // The others take their files meanwhile.
            if (told.Count == 0) SpinWait.SpinUntil(() => _taken.Count >= 4, TimeSpan.FromSeconds(10));
            told.Add(one.Done);
        });

        Assert.Equal(Enumerable.Range(1, 8), told);
    }

    [Fact]
    public async Task Run_MonthIsLate_TakesItsDays()
    {
        _instead = (series, period) => new(series, period, period.IsMonth ? ArchiveState.NotThere : ArchiveState.Read);

        var report = await RunAsync("2026-10-20T00:00:00Z", "2026-11-01T00:00:00Z");

        Assert.Equal((2, 24), (report.Count(ArchiveState.NotThere), report.Count(ArchiveState.Read)));
        Assert.Contains("BTCUSDT 15m 2026-10-20", _taken);
        Assert.DoesNotContain("BTCUSDT 15m 2026-10-19", _taken);
    }

    [Fact]
    public async Task Run_FileFailsTwice_IsTriedAgainAfterFiveAndFifteenSeconds()
    {
        var failures = 0;
        _instead = (series, period) => series == Eth1h && period.First.Day == 2 && failures++ < 2
            ? new(series, period, ArchiveState.Unusable, Fault: "cut off")
            : new(series, period, ArchiveState.Read);
        var start = _time.GetUtcNow();

        var report = await _time.RunAsync(RunAsync("2026-11-01T00:00:00Z", "2026-11-04T00:00:00Z"), TimeSpan.FromSeconds(1));

        Assert.Equal(6, report.Count(ArchiveState.Read));
        Assert.Equal(TimeSpan.FromSeconds(20), _time.GetUtcNow() - start);
        Assert.Equal(8, _taken.Count);
    }

    [Fact]
    public async Task Run_FileFailsForEver_IsReportedAndTheOthersAreThere()
    {
        _instead = (series, period) => series == Eth1h && period.First.Day == 2
            ? new(series, period, ArchiveState.Unusable, Fault: "is not what its check sum says")
            : new(series, period, ArchiveState.Read);

        var report = await _time.RunAsync(RunAsync("2026-11-01T00:00:00Z", "2026-11-04T00:00:00Z"), TimeSpan.FromSeconds(1));

        Assert.Equal(("ETHUSDT 1h 2026-11-02", "is not what its check sum says"), (report.Unusable.Single().ToString(), report.Unusable[0].Fault));
        Assert.Equal(5, report.Count(ArchiveState.Read));
        Assert.Equal(9, _taken.Count);
    }

    [Fact]
    public async Task Run_ArchiveIsAway_DoesNotAskForEveryFile()
    {
        _instead = (series, period) => new(series, period, ArchiveState.Unusable, Fault: "no route to host");

        var report = await _time.RunAsync(RunAsync("2026-11-03T00:00:00Z", "2026-11-18T00:00:00Z"), TimeSpan.FromSeconds(1));

        Assert.Equal(30, report.Unusable.Count);
        Assert.InRange(_taken.Count, 4 * 8, 4 * 11);   // four passes, each given up after eight
        Assert.Contains(report.Unusable, file => file.Fault!.StartsWith("not tried", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_Cancelled_Ends()
    {
        using var ends = new CancellationTokenSource();
        _instead = (series, period) =>
        {
            ends.Cancel();
            return new(series, period, ArchiveState.Read);
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync("2026-11-03T00:00:00Z", "2026-11-18T00:00:00Z", cancel: ends.Token));
        Assert.InRange(_taken.Count, 1, 8);
    }

    Task<DownloadedFile> IArchiveTaker.TakeAsync(SeriesInfo series, ArchivePeriod period, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        _taken.Enqueue($"{series} {period}");
        lock (_taken) return Task.FromResult(_instead?.Invoke(series, period) ?? new(series, period, ArchiveState.Read));
    }

    private static long Ms(string time) => DateTimeOffset.Parse(time).ToUnixTimeMilliseconds();

    private Task<DownloadReport> RunAsync(string from, string to, Action<DownloadProgress>? told = null, CancellationToken cancel = default) =>
        new ArchiveDownload(this, new(), _time).RunAsync([Btc15m, Eth1h], Ms(from), Ms(to), Now, told, cancel);
}
