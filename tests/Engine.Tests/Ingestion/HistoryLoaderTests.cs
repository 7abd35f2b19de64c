using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Ingestion;

public sealed class HistoryLoaderTests
{
    private static readonly SeriesInfo Btc15m = new(Symbol.Btc, TimeFrame.M15);
    private static readonly LoaderOptions NoPauses = new() { BurstPauseMs = 0, BusyPauseMs = 0 };

    private readonly FakeMarket _market = new();
    private readonly MemoryCandleStore _store = new();
    private readonly Notes _notes = new();

    private long To => TimeFrame.M15.OpenOf(_market.NowMs);

    private long From(int bars) => To - (bars * TimeFrame.M15.Ms());

    [Fact]
    public async Task Load_EmptyStore_FillsTheRangeForTheLeastWeight()
    {
        var load = await Loader().LoadAsync(Btc15m, From(1_500), To);

        Assert.Equal(_market.Range(Btc15m, From(1_500), To), await StoredAsync());
        Assert.Equal((1_500, 0, 7), (load.FromRequests, load.Missing, load.Weight));
        Assert.Equal(7, _market.Weight);
        Assert.Equal(1, load.Completeness);
    }

    [Fact]
    public async Task Load_StoreHasAllButTheLast_AsksForOneCandleOfWeightOne()
    {
        await _store.AppendAsync(Btc15m, _market.Range(Btc15m, From(1_500), From(1)).ToArray());

        var load = await Loader().LoadAsync(Btc15m, From(1_500), To);

        Assert.Equal((Btc15m, new KlineRequest(From(1), To, 1), RequestLane.History), Assert.Single(_market.Requests));
        Assert.Equal((1_499, 1), (load.Had, load.FromRequests));
    }

    [Fact]
    public async Task Load_StoreIsWhole_AsksForNothing()
    {
        await _store.AppendAsync(Btc15m, _market.Range(Btc15m, From(100), To).ToArray());
        await Loader().LoadAsync(Btc15m, From(100), To);
        Assert.Empty(_market.Requests);
    }

    [Fact]
    public async Task Load_StoredCandleOffItsTime_FillsNoHole()
    {
        var bars = _market.Range(Btc15m, From(50), To).ToArray();
        await _store.AppendAsync(Btc15m, bars.Select((bar, i) => i == 20 ? bar with { OpenTimeMs = bar.OpenTimeMs + 1 } : bar).ToArray());

        var load = await Loader().LoadAsync(Btc15m, From(50), To);

        Assert.Equal(new(From(30), From(29), 1), Assert.Single(_market.Requests).Request);
        Assert.Equal((49, 1, 0), (load.Had, load.FromRequests, load.Missing));
    }

    [Fact]
    public async Task Load_TwoHolesNearEachOther_AreOneRequest()
    {
        var bars = _market.Range(Btc15m, From(100), To).Where((_, i) => i is not (20 or 21 or 60)).ToArray();
        await _store.AppendAsync(Btc15m, bars);

        await Loader().LoadAsync(Btc15m, From(100), To);

        Assert.Equal(new(From(80), From(39), 41), Assert.Single(_market.Requests).Request);
        Assert.Equal(100, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task Load_YoungListing_AsksForNothingBeforeItAndIsComplete()
    {
        _market.Onboard[Symbol.Btc] = From(40) + 60_000;
        var wanted = new SymbolHistory(Symbol.Btc, From(40) + 60_000, new Dictionary<TimeFrame, int> { [TimeFrame.M15] = 1_500 });
        var (from, to) = wanted.RangeOf(TimeFrame.M15, _market.NowMs);

        var load = await Loader().LoadAsync(Btc15m, from, to);

        Assert.All(_market.Requests, request => Assert.True(request.Request.FromMs >= From(40)));
        Assert.Equal((40, 0), (load.Present, load.Missing));
    }

    [Fact]
    public async Task Load_ListingTimeNotKnown_WhatWasNeverTradedIsNotMissing()
    {
        _market.Onboard[Symbol.Btc] = From(40);
        var load = await Loader().LoadAsync(Btc15m, From(300), To);
        Assert.Equal((40, 0, 1.0), (load.Present, load.Missing, load.Completeness));
    }

    [Fact]
    public async Task Load_ListingTimeNotKnown_WhatWasNeverTradedIsAskedForOnce()
    {
        _market.Onboard[Symbol.Btc] = From(40);
        var loader = Loader();
        await loader.LoadAsync(Btc15m, From(300), To);
        var asked = _market.Requests.Count;

        var again = await loader.LoadAsync(Btc15m, From(300), To);
        var later = await loader.LoadAsync(Btc15m, From(250), To);
        Assert.Equal((40, 0, 0, 0), (again.Present, again.Missing, again.Weight, later.Weight));
        Assert.Equal(asked, _market.Requests.Count);

        await loader.LoadAsync(Btc15m, From(400), To);   // further back nobody has asked yet
        Assert.True(_market.Requests.Count > asked);
    }

    [Fact]
    public async Task Load_HoleBehindTheFirstCandle_IsAskedForAgain()
    {
        _market.Onboard[Symbol.Btc] = From(40);
        var loader = Loader();
        _market.Distort = (_, _, right) => [.. right.Where(bar => bar.OpenTimeMs != From(20))];
        Assert.Equal(1, (await loader.LoadAsync(Btc15m, From(300), To)).Missing);

        _market.Distort = null;
        Assert.Equal((40, 0), (await loader.LoadAsync(Btc15m, From(300), To)) is var load ? (load.Present, load.Missing) : default);
    }

    [Fact]
    public async Task Load_SourceLeavesCandlesOutOnce_TheyComeWithTheSecondQuestion()
    {
        _market.Distort = (number, _, right) => number == 1 ? [.. right.Where((_, i) => i % 7 != 3)] : right;
        var load = await Loader().LoadAsync(Btc15m, From(99), To);
        Assert.Equal((99, 0, 2), (load.Present, load.Missing, load.Weight));
    }

    [Fact]
    public async Task Load_SourceHasAGap_IsReportedAndNotFilledIn()
    {
        _market.Distort = (_, _, right) => [.. right.Where(bar => bar.OpenTimeMs < From(30) || bar.OpenTimeMs >= From(25))];

        var load = await Loader().LoadAsync(Btc15m, From(99), To);

        Assert.Equal(new(From(30), From(25), 5), Assert.Single(load.Gaps));
        Assert.Equal(94 / 99.0, load.Completeness);
        Assert.Equal(94, (await StoredAsync()).Count);
    }

    [Fact]
    public async Task Load_SourceAnswersRubbish_StoresOnlyWhatCanBe()
    {
        _market.Distort = (number, _, right) => number > 1 ? right :
        [
            .. right.Reverse(),                                             // out of order
            right[5] with { Close = right[5].High + 1 },                    // doubled, and impossible
            right[6],                                                       // doubled
            right[7] with { OpenTimeMs = right[7].OpenTimeMs + 1 },         // off its time
            right[0] with { OpenTimeMs = From(200) },                       // not asked for
            right[8] with { Low = double.NaN },
        ];

        var load = await Loader().LoadAsync(Btc15m, From(99), To);

        Assert.Equal(5, load.Refused);
        Assert.Equal(5, _notes.Refused.Count);
        Assert.Equal(_market.Range(Btc15m, From(99), To), await StoredAsync());
    }

    [Fact]
    public async Task Load_ImpossibleCandleOnce_IsReadAgain()
    {
        _market.Distort = (number, _, right) =>
            number > 1 ? right : [.. right.Select((bar, i) => i == 4 ? bar with { High = bar.Low - 1 } : bar)];
        var load = await Loader().LoadAsync(Btc15m, From(50), To);
        Assert.Equal((50, 1, 0), (load.Present, load.Refused, load.Missing));
    }

    [Fact]
    public async Task Load_KilledAnywhere_GoesOnWhereItWas()
    {
        for (var killAt = 1; killAt <= 4; killAt++)
        {
            var (market, store) = (new FakeMarket(), new MemoryCandleStore());
            market.Distort = (number, _, right) => number == killAt ? throw new IOException("cut") : right;
            await Assert.ThrowsAsync<IOException>(() => Loader(market, store).LoadAsync(Btc15m, From(1_500), To));
            market.Distort = null;

            await Loader(market, store).LoadAsync(Btc15m, From(1_500), To);

            Assert.Equal(market.Range(Btc15m, From(1_500), To), await store.ReadAsync(Btc15m, 0, long.MaxValue));
            Assert.Equal(5, market.Requests.Count);   // four, and the one that was cut
        }
    }

    [Fact]
    public async Task Load_MinutesOfWeeks_ComeFromFilesAndTodayByRequest()
    {
        var minutes = new SeriesInfo(Symbol.Btc, TimeFrame.M1);
        var archive = new FakeArchive(_market);
        var (from, to) = (_market.NowMs - (21 * TimeFrame.D1.Ms()), TimeFrame.M1.OpenOf(_market.NowMs));

        var load = await Loader(archive: archive).LoadAsync(minutes, from, to);

        Assert.Equal(_market.Range(minutes, from, to), await _store.ReadAsync(minutes, 0, long.MaxValue));
        Assert.Equal(727, load.FromRequests);        // 12:07 of today
        Assert.Equal(4, load.Weight);
        Assert.All(archive.Asked, asked => Assert.True(asked.Period.ToMs <= TimeFrame.D1.OpenOf(_market.NowMs)));
    }

    [Fact]
    public async Task Load_MonthIsLate_TakesItsDays()
    {
        var minutes = new SeriesInfo(Symbol.Btc, TimeFrame.M1);
        var archive = new FakeArchive(_market) { Instead = (_, period) => period.IsMonth ? ArchiveRead.NotThere : null };
        var (from, to) = (_market.NowMs - (30 * TimeFrame.D1.Ms()), TimeFrame.M1.OpenOf(_market.NowMs));

        var load = await Loader(archive: archive).LoadAsync(minutes, from, to);

        Assert.Equal(727, load.FromRequests);
        Assert.Contains(archive.Asked, asked => asked.Period.IsMonth);
        Assert.Equal(_market.Range(minutes, from, to), await _store.ReadAsync(minutes, 0, long.MaxValue));
    }

    [Theory]
    [InlineData("not there")]
    [InlineData("unusable")]
    [InlineData("rubbish")]
    [InlineData("holes")]
    public async Task Load_ArchiveFails_EverythingComesByRequest(string how)
    {
        var minutes = new SeriesInfo(Symbol.Btc, TimeFrame.M1);
        var archive = new FakeArchive(_market);
        archive.Instead = (series, period) => how switch
        {
            "not there" => ArchiveRead.NotThere,
            "unusable" => ArchiveRead.Unusable("its check sum is another"),
            "rubbish" => new(ArchiveState.Read, [.. _market.Range(series, period.FromMs, period.ToMs).Select(bar => bar with { Low = -1 })]),
            _ => new(ArchiveState.Read, [.. _market.Range(series, period.FromMs, period.ToMs).Where((_, i) => i % 500 < 400)]),
        };
        var (from, to) = (_market.NowMs - (5 * TimeFrame.D1.Ms()), TimeFrame.M1.OpenOf(_market.NowMs));

        await Loader(archive: archive).LoadAsync(minutes, from, to);

        Assert.Equal(_market.Range(minutes, from, to), await _store.ReadAsync(minutes, 0, long.MaxValue));
        Assert.Equal(how == "unusable", _notes.UnusableFiles > 0);
    }

    [Fact]
    public async Task Reread_ImpossibleAndMisalignedInTheStore_GiveWayToTheExchanges()
    {
        var bars = _market.Range(Btc15m, From(20), To).ToArray();
        await _store.AppendAsync(Btc15m, bars.Select((bar, i) => i == 3 ? bar with { High = 1 } : bar).ToArray());
        await _store.AppendAsync(Btc15m, new[] { bars[6] with { OpenTimeMs = bars[6].OpenTimeMs + 7 } });

        var counts = await Loader().RereadAsync(Btc15m, From(20), To);

        Assert.Equal(new(Added: 0, Same: 19, Replaced: 1, Removed: 1), counts);
        Assert.Equal(bars, await StoredAsync());
    }

    private Task<IReadOnlyList<Candle>> StoredAsync() => _store.ReadAsync(Btc15m, 0, long.MaxValue);

    private HistoryLoader Loader(FakeMarket? market = null, ICandleStore? store = null, ICandleArchive? archive = null)
    {
        market ??= _market;
        return new(market, store ?? _store, market, archive, new(market, NoPauses, new ManualTime()), NoPauses, _notes);
    }
}
