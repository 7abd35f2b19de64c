using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Ingestion;

public sealed class IntegrityCheckTests : IAlerts
{
    private static readonly SeriesInfo Btc15m = new(Symbol.Btc, TimeFrame.M15);
    private static readonly LoaderOptions NoPauses = new() { BurstPauseMs = 0, BusyPauseMs = 0 };

    private readonly FakeMarket _market = new();
    private readonly MemoryCandleStore _store = new();
    private readonly ManualTime _time = new();
    private readonly List<Alert> _alerts = [];

    private Candle[] Bars => [.. _market.Range(Btc15m, To - (200 * TimeFrame.M15.Ms()), To)];

    private long To => TimeFrame.M15.OpenOf(_market.NowMs);

    [Fact]
    public void Of_EveryKindOfFault_IsCounted()
    {
        var bars = Bars;
        Candle[] stored =
        [
            .. bars[..50], .. bars[60..],
            bars[3],                                                    // a second time
            bars[55] with { Low = 0 },                                  // impossible, so missing too
            bars[70] with { OpenTimeMs = bars[70].OpenTimeMs + 60_000 },
        ];

        var found = SeriesIntegrity.Of(Btc15m, stored, bars[0].OpenTimeMs, To);

        Assert.Equal((200, 190, 1, 1, 1), (found.Expected, found.Sound, found.Duplicates, found.Impossible, found.Misaligned));
        Assert.Equal(new(bars[50].OpenTimeMs, bars[60].OpenTimeMs, 10), Assert.Single(found.Gaps));
        Assert.Equal(0.95, found.Completeness);
    }

    [Fact]
    public async Task Check_SoundStore_IsGoodAndAsksForNothing()
    {
        await _store.AppendAsync(Btc15m, Bars);
        var report = await CheckAsync(repair: true);
        Assert.True(report.IsGood);
        Assert.Equal((1, 0), (report.Completeness, report.Mended));
        Assert.Empty(_market.Requests);
        Assert.Empty(_alerts);
    }

    [Fact]
    public async Task Check_EveryKindOfFault_IsMended()
    {
        var bars = Bars;
        await _store.AppendAsync(Btc15m, bars.Where((_, i) => i is < 50 or >= 60).Select((bar, i) => i == 7 ? bar with { High = 1 } : bar).ToArray());
        await _store.AppendAsync(Btc15m, new[] { bars[70] with { OpenTimeMs = bars[70].OpenTimeMs + 60_000 } });

        var before = await CheckAsync(repair: false);
        var report = await CheckAsync(repair: true);

        Assert.Equal((1, 1), (before.Bad.Count, before.Series[0].Impossible));
        Assert.True(report.IsGood);
        Assert.Equal(12, report.Mended);
        Assert.Equal(bars, await _store.ReadAsync(Btc15m, 0, long.MaxValue));
        Assert.Empty(_alerts);
    }

    [Fact]
    public async Task Check_ExchangeHasNothingEither_IsAnAlert()
    {
        var bars = Bars;
        await _store.AppendAsync(Btc15m, bars.Where((_, i) => i is < 50 or >= 60).ToArray());
        _market.Distort = (_, _, _) => [];

        var report = await CheckAsync(repair: true);

        Assert.Equal(10, Assert.Single(report.Bad).Missing);
        var alert = Assert.Single(_alerts);
        Assert.Equal((AlertKind.DataIntegrity, "integrity BTCUSDT 15m"), (alert.Kind, alert.Key));
        Assert.Contains("95.0 % complete (10 of 200 missing", alert.Text);
    }

    [Fact]
    public async Task Check_FewerMissingThanThePart_IsNoAlert()
    {
        await _store.AppendAsync(Btc15m, Bars.Where((_, i) => i is not (90 or 91)).ToArray());
        _market.Distort = (_, _, _) => [];
        var report = await CheckAsync(repair: true);
        Assert.True(report.IsGood);
        Assert.Equal(0.99, report.Completeness);
        Assert.Empty(_alerts);
    }

    [Fact]
    public async Task Check_MendingFails_SaysWhyAndGoesOn()
    {
        await _store.AppendAsync(Btc15m, Bars.Where((_, i) => i > 5 && i % 3 > 0).ToArray());
        _market.Distort = (_, _, _) => throw new HttpRequestException("no route to host");

        var report = await CheckAsync(repair: true);

        Assert.Equal("no route to host", Assert.Single(report.Bad).Fault);
        Assert.Contains("no route to host", Assert.Single(_alerts).Text);
    }

    [Fact]
    public async Task Check_ManySeriesAreBad_IsOneAlert()
    {
        var symbols = Enumerable.Range(0, 20).Select(i => Wanted($"S{i}USDT")).ToArray();
        _market.Distort = (_, _, _) => throw new HttpRequestException("down");
        var report = await Check().CheckAsync(symbols, To, repair: true);
        Assert.Equal(20, report.Bad.Count);
        Assert.Contains("20 series", Assert.Single(_alerts).Text);
    }

    [Fact]
    public async Task Check_SymbolListedLater_ExpectsNothingBeforeIt()
    {
        _market.Onboard[Symbol.Btc] = To - (40 * TimeFrame.M15.Ms());
        var report = await CheckAsync(repair: true);   // the listing time is not known to the check
        Assert.True(report.IsGood);
        Assert.Equal(40, report.Series[0].Expected);
    }

    [Fact]
    public async Task Check_SymbolListedLaterAgainAndAgain_AsksOnceAndRaisesNothing()
    {
        _market.Onboard[Symbol.Btc] = To - (40 * TimeFrame.M15.Ms());
        var check = Check();
        await check.CheckAsync([Wanted("BTCUSDT")], To, repair: true);
        var asked = _market.Requests.Count;

        for (var i = 0; i < 3; i++) Assert.True((await check.CheckAsync([Wanted("BTCUSDT")], To, repair: true)).IsGood);

        Assert.Equal(asked, _market.Requests.Count);
        Assert.Empty(_alerts);
    }

    [Fact]
    public async Task Check_ImpossibleAtTheExchangeToo_LeavesTheStoreAndIsAnAlert()
    {
        var bars = Bars;
        await _store.AppendAsync(Btc15m, bars.Select((bar, i) => i is 100 or 101 or 102 ? bar with { Low = -1 } : bar).ToArray());
        _market.Distort = (_, _, right) => [.. right.Select(bar => bar with { Low = -1 })];

        var report = await CheckAsync(repair: true);

        Assert.Equal((3, 0), (Assert.Single(report.Bad).Missing, report.Bad[0].Impossible));
        Assert.Single(_alerts);
    }

    void IAlerts.Raise(Alert alert) => _alerts.Add(AlertTexts.Check(alert));

    private static SymbolHistory Wanted(string name) => new(Symbol.Parse(name), 0, new Dictionary<TimeFrame, int> { [TimeFrame.M15] = 200 });

    private Task<IntegrityReport> CheckAsync(bool repair) => Check().CheckAsync([Wanted("BTCUSDT")], To, repair);

    private IntegrityCheck Check() => new(
        _store,
        new(_market, _store, _market, null, new(_market, NoPauses, _time), NoPauses),
        _market, this, new(), _time);
}
