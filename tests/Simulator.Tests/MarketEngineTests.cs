using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;
using Xunit;

namespace FuturesBot.Simulator.Tests;

public sealed class MarketEngineTests
{
    private const long MinuteMs = 60_000;
    private const long Start = 1_759_276_800_000;   // 2025-10-01T00:00Z, a Wednesday

    public static TheoryData<long> Seeds => [1, 42, 20_251_010];

    [Theory, MemberData(nameof(Seeds))]
    public void MoveTo_AnySteps_ClosesTheSameCandlesOnceAndInOrder(long seed)
    {
        var at = Start + (26 * 60 * MinuteMs);
        var whole = new MarketTape();
        Engine(seed).MoveTo(at, whole);

        var random = new Random((int)seed);
        var stepped = new MarketTape { WantsOf = symbol => (MarketFeeds)(symbol * 7 % 64) };
        var engine = Engine(seed);
        while (engine.NowMs < at)
            engine.MoveTo(Math.Min(at, engine.NowMs + random.Next(1, 2_000_000)), stepped, sliceMs: 100 * random.Next(1, 900));

        Assert.True(whole.Closed.SequenceEqual(stepped.Closed), $"seed {seed}");
        Assert.Equal(whole.Payments, stepped.Payments);
        Assert.NotEmpty(whole.Payments);
        foreach (var series in whole.Closed.GroupBy(told => (told.Symbol, told.Interval)))
        {
            var opens = series.Select(told => told.Row.OpenMs).ToArray();
            Assert.True(opens.Zip(opens.Skip(1)).All(pair => series.Key.Interval.NextOpen(pair.First) == pair.Second), $"seed {seed}, {series.Key}");
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void MoveTo_OneMinuteCandles_AreTheGeneratorsOwn(long seed)
    {
        var tape = new MarketTape();
        Engine(seed).MoveTo(Start + (300 * MinuteMs), tape);
        var minutes = tape.Closed.Where(told => told.Interval == KlineInterval.M1).ToArray();

        var market = new GeneratedMarket(seed, Start);
        var bars = new Candle[market.Symbols.Count];
        var facts = Engine(seed).Symbols;
        for (var minute = 0; minute < 300; minute++)
        {
            market.Advance(bars);
            for (var i = 0; i < bars.Length; i++)
            {
                var (symbol, _, row) = minutes[(minute * bars.Length) + i];
                var written = new Candle(
                    row.OpenMs, (double)facts[symbol].Price(row.Open), (double)facts[symbol].Price(row.High), (double)facts[symbol].Price(row.Low),
                    (double)facts[symbol].Price(row.Close), (double)facts[symbol].Quantity(row.Volume), row.QuoteVolume,
                    (double)facts[symbol].Quantity(row.TakerBuyVolume), row.Trades);
                Assert.True(written == bars[i], $"seed {seed}, minute {minute}, {facts[i].Symbol}: {written}, generated {bars[i]}");
            }
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void MoveTo_CandlesToldAsClosed_AreWhatKlinesAnswersLater(long seed)
    {
        var tape = new MarketTape();
        var engine = Engine(seed);
        engine.MoveTo(Start + (9 * 1440 * MinuteMs) + (17 * MinuteMs), tape, sliceMs: 60_000);

        foreach (var series in tape.Closed.Where(told => told.Symbol is 0 or 7).GroupBy(told => (told.Symbol, told.Interval)))
        {
            var told = series.Select(row => row.Row).TakeLast(1_499).ToArray();
            var answered = engine.Klines(series.Key.Symbol, series.Key.Interval, startMs: null, endMs: null, limit: 1_500)
                .Where(row => row.CloseMs < engine.NowMs).TakeLast(1_499);
            Assert.True(told.SequenceEqual(answered), $"seed {seed}, {series.Key}");
            var middle = told[told.Length / 2];
            Assert.Equal(middle, engine.Klines(series.Key.Symbol, series.Key.Interval, middle.OpenMs, middle.OpenMs, 5).Single());
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void MoveTo_FastForward_EqualsStepByStep(long seed)
    {
        var at = Start + (50 * 60 * MinuteMs);
        var stepped = Engine(seed);
        stepped.MoveTo(at, new MarketTape(), sliceMs: 60_000);
        var jumped = Engine(seed, at);

        Assert.Equal(stepped.NowMs, jumped.NowMs);
        for (var symbol = 0; symbol < stepped.Symbols.Count; symbol++)
        {
            foreach (var interval in KlineIntervals.All)
            {
                Assert.Equal(stepped.Klines(symbol, interval, null, null, 1_500), jumped.Klines(symbol, interval, null, null, 1_500));
                Assert.Equal(stepped.MarkPriceKlines(symbol, interval, null, null, 50), jumped.MarkPriceKlines(symbol, interval, null, null, 50));
            }

            Assert.Equal(stepped.FundingRates(symbol, null, null, 1_000), jumped.FundingRates(symbol, null, null, 1_000));
            Assert.Equal(stepped.OpenInterestHistory(symbol, 5, null, null, 500), jumped.OpenInterestHistory(symbol, 5, null, null, 500));
            Assert.Equal(stepped.AggTrades(symbol, null, null, null, 1_000), jumped.AggTrades(symbol, null, null, null, 1_000));
        }

        var (a, b) = (new MarketTape(MarketFeeds.All), new MarketTape(MarketFeeds.All));
        stepped.MoveTo(at + MinuteMs, a);
        jumped.MoveTo(at + MinuteMs, b);
        Assert.Equal(a.Aggregates, b.Aggregates);
        Assert.Equal(a.Marks, b.Marks);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(7_300)]
    [InlineData(60_000)]
    public void MoveTo_AnySlice_TradesAddUpToTheirMinutes(int sliceMs)
    {
        var tape = new MarketTape(MarketFeeds.Trades | MarketFeeds.AggTrades);
        var engine = Engine(seed: 5);
        engine.MoveTo(Start + (12 * MinuteMs), tape, sliceMs);

        foreach (var (symbol, _, row) in tape.Closed.Where(told => told.Interval == KlineInterval.M1))
        {
            var parts = tape.Aggregates.Where(told => told.Symbol == symbol && told.Trade.FirstTradeId >= row.FirstTradeId
                && told.Trade.LastTradeId <= row.LastTradeId).Select(told => told.Trade).ToArray();
            var where = $"slice {sliceMs}, {engine.Symbols[symbol].Symbol}, {row}";
            Assert.True(parts.All(trade => trade.TimeMs >= row.OpenMs && trade.TimeMs <= row.CloseMs), where);
            Assert.True(parts.Length <= Math.Max(8, 60_000 / sliceMs), where);
            Assert.Equal(
                (row.Open, row.High, row.Low, row.Close, row.Volume, row.TakerBuyVolume, row.Trades),
                (parts[0].Ticks, parts.Max(trade => trade.Ticks), parts.Min(trade => trade.Ticks), parts[^1].Ticks,
                parts.Sum(trade => trade.Steps), parts.Where(trade => !trade.BuyerIsMaker).Sum(trade => trade.Steps),
                parts.Sum(trade => trade.LastTradeId - trade.FirstTradeId + 1)));
            Assert.True(parts.Zip(parts.Skip(1)).All(pair => pair.Second.Id == pair.First.Id + 1
                && pair.Second.FirstTradeId == pair.First.LastTradeId + 1 && pair.Second.TimeMs > pair.First.TimeMs), where);
        }

        for (var symbol = 0; symbol < engine.Symbols.Count; symbol++)
        {
            var singles = tape.Trades.Where(told => told.Symbol == symbol).Select(told => told.Trade).ToArray();
            Assert.Equal(Enumerable.Range(1, singles.Length).Select(id => (long)id), singles.Select(trade => trade.Id));
            Assert.All(singles, trade => Assert.True(trade.Steps > 0));
            Assert.Equal(tape.Aggregates.Where(told => told.Symbol == symbol).Sum(told => told.Trade.Steps), singles.Sum(trade => trade.Steps));
            Assert.Equal(singles.TakeLast(500), engine.Trades(symbol, fromId: null, 500));
            Assert.Equal(singles.Skip(10).Take(20), engine.Trades(symbol, fromId: 11, 20));
        }
    }

    [Fact]
    public void AggTrades_OfThePast_AreWhatWasTold()
    {
        var tape = new MarketTape(MarketFeeds.AggTrades);
        var engine = Engine(seed: 3, Start + (40 * MinuteMs));
        engine.MoveTo(Start + (43 * MinuteMs) + 31_400, tape);
        engine.MoveTo(Start + (55 * MinuteMs) + 15_000, tape, sliceMs: 5_000);

        for (var symbol = 0; symbol < engine.Symbols.Count; symbol++)
        {
            var told = tape.Aggregates.Where(entry => entry.Symbol == symbol).Select(entry => entry.Trade).ToArray();
            Assert.Equal(told.Take(1_000), engine.AggTrades(symbol, told[0].Id, null, null, 1_000));
            Assert.Equal(told.TakeLast(700), engine.AggTrades(symbol, null, null, null, 700));
            var (from, to) = (told[told.Length / 3].TimeMs, told[told.Length / 2].TimeMs);
            Assert.Equal(told.Where(trade => trade.TimeMs >= from && trade.TimeMs <= to).Take(1_000), engine.AggTrades(symbol, null, from, to, 1_000));
        }
    }

    [Fact]
    public void MoveTo_RunningCandles_GrowIntoTheClosedOne()
    {
        var tape = new MarketTape(MarketFeeds.RunningKlines);
        var engine = Engine(seed: 8);
        engine.MoveTo(Start + (16 * MinuteMs), tape);

        foreach (var told in tape.Closed.Where(told => told.Symbol == 2 && told.Row.CloseMs < Start + (16 * MinuteMs)))
        {
            var running = tape.Running.Where(row => row.Symbol == 2 && row.Interval == told.Interval && row.Row.OpenMs == told.Row.OpenMs)
                .Select(row => row.Row).ToArray();
            Assert.True(running.Length > 50, $"{told.Interval}: {running.Length} running candles");
            foreach (var (before, after) in running.Append(told.Row).Zip(running.Skip(1).Append(told.Row)))
            {
                Assert.True(after.High >= before.High && after.Low <= before.Low && after.Volume >= before.Volume && after.Trades >= before.Trades
                    && after.Open == before.Open && after.FirstTradeId == before.FirstTradeId, $"{told.Interval}: {before}, then {after}");
            }
        }
    }

    [Fact]
    public void Klines_WithinAMinute_EndsWithTheRunningCandle()
    {
        var engine = Engine(seed: 4, Start + (100 * MinuteMs));
        engine.MoveTo(Start + (100 * MinuteMs) + 30_000, new MarketTape());
        var rows = engine.Klines(1, KlineInterval.M5, null, null, 3);
        var minute = engine.Klines(1, KlineInterval.M1, null, null, 1).Single();

        Assert.Equal([90L, 95, 100], rows.Select(row => (row.OpenMs - Start) / MinuteMs));
        Assert.True(rows[^1].CloseMs > engine.NowMs && rows[^1].Trades == minute.Trades && minute.Trades > 0);
        Assert.Equal(engine.LastTicks(1), minute.Close);
        Assert.Equal(engine.Ticker24h(1).Last, minute.Close);
        Assert.Empty(engine.Klines(1, KlineInterval.M5, engine.NowMs, null, 3));
        Assert.Equal(rows[0], engine.Klines(1, KlineInterval.M5, null, rows[1].OpenMs - 1, 1).Single());
    }

    [Fact]
    public void MarkPrice_Always_StaysNearTheLastPriceAndWithinItsCandle()
    {
        var tape = new MarketTape(MarketFeeds.MarkPrice | MarketFeeds.AggTrades);
        var engine = Engine(seed: 6, Start + (470 * MinuteMs));
        engine.MoveTo(Start + (490 * MinuteMs), tape);

        Assert.Equal(20 * 60 * engine.Symbols.Count, tape.Marks.Count);
        for (var symbol = 0; symbol < engine.Symbols.Count; symbol++)
        {
            var candles = engine.MarkPriceKlines(symbol, KlineInterval.M1, Start + (470 * MinuteMs), null, 100);
            var indices = engine.IndexPriceKlines(symbol, KlineInterval.M1, Start + (470 * MinuteMs), null, 100);
            foreach (var mark in tape.Marks.Where(told => told.Symbol == symbol).Select(told => told.Mark))
            {
                var candle = candles.Single(row => mark.TimeMs > row.OpenMs && mark.TimeMs <= row.CloseMs + 1);
                Assert.InRange(mark.Mark, candle.Low, candle.High);
                Assert.InRange(mark.Mark / mark.Index, 0.997m, 1.003m);
                Assert.InRange(mark.FundingRate, -0.002m, 0.002m);
                Assert.True(mark.NextFundingMs > mark.TimeMs - 1 && mark.NextFundingMs % 28_800_000 == 0);
            }

            Assert.All(candles.Zip(candles.Skip(1)), pair => Assert.Equal(pair.First.Close, pair.Second.Open));
            Assert.All(indices, row => Assert.True(row.Low <= row.Open && row.High >= row.Close));
            var last = engine.Symbols[symbol].Price(engine.LastTicks(symbol));
            Assert.InRange(engine.MarkPrice(symbol).Mark / last, 0.99m, 1.01m);
        }

        // The payment at 08:00 is at the rate and mark that were told last before it.
        var paid = tape.Payments.First(told => told.Symbol == 0).Payment;
        var before = tape.Marks.Last(told => told.Symbol == 0 && told.Mark.TimeMs == paid.TimeMs).Mark;
        Assert.Equal((before.FundingRate, before.Mark), (paid.Rate, paid.Mark));
    }

    [Fact]
    public void MoveTo_DaysBeyondTheLimit_AreDroppedAndNeverServedInPart()
    {
        var engine = new MarketEngine(new GeneratedSource(1, Start), new() { DaysKept = 2, StartAtMs = Start + (5 * 1440 * MinuteMs) + (10 * MinuteMs) });

        Assert.Equal(Start + (4 * 1440 * MinuteMs), engine.OldestMs);
        Assert.Equal(engine.OldestMs, engine.Klines(0, KlineInterval.H8, null, null, 100)[0].OpenMs);
        Assert.Equal(6, engine.Klines(0, KlineInterval.D1, null, null, 100).Count);
        Assert.Equal(engine.OldestMs, engine.Klines(0, KlineInterval.H1, Start, null, 2)[0].OpenMs);
        Assert.Equal(engine.OldestMs, engine.AggTrades(0, fromId: 1, null, null, 1).Single().TimeMs / MinuteMs * MinuteMs);
        Assert.Empty(engine.AggTrades(0, fromId: long.MaxValue, null, null, 1));
    }

    [Fact]
    public void MoveTo_WrongTimeOrSlice_IsRefused()
    {
        var engine = Engine(seed: 1, Start + MinuteMs);
        Assert.Throws<ArgumentException>(() => engine.MoveTo(Start, new MarketTape()));
        Assert.Throws<ArgumentException>(() => engine.MoveTo(Start + MinuteMs, new MarketTape(), sliceMs: 150));
        Assert.Throws<ArgumentException>(() => Engine(seed: 1, Start - 1));
    }

    private static MarketEngine Engine(long seed, long? startAt = null) =>
        new(new GeneratedSource(seed, Start), new() { StartAtMs = startAt });
}
