using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;
using Xunit;

namespace FuturesBot.Simulator.Tests;

public sealed class MarketBookTests
{
    private const long MinuteMs = 60_000;
    private const long Start = 1_759_276_800_000;

    public static TheoryData<int> Seeds => [1, 2, 3];

    [Theory, MemberData(nameof(Seeds))]
    public void MoveTo_AMillionUpdates_BookStaysWholeAndDeltasLeadFromSnapshotToSnapshot(int seed)
    {
        var engine = Engine(seed);
        var reader = new BookReader(engine);
        var random = new Random(seed);
        while (reader.Updates < 350_000)
        {
            engine.MoveTo(engine.NowMs + random.Next(1, 3_000), reader, sliceMs: random.Next(10) == 0 ? 5_000 : 100);
            for (var symbol = 0; symbol < 3; symbol++) reader.Compare(symbol, $"seed {seed}, {engine.NowMs - Start} ms, symbol {symbol}");
        }

        Assert.True(
            reader.Trades > 1_000 && reader.Missing > 100 && reader.Compared > 100_000,
            $"seed {seed}: {reader.Trades} trades, {reader.Missing} removals of missing levels, {reader.Compared} levels compared");
    }

    [Fact]
    public void Snapshot_BetweenDeltas_LiesWithinTheNextOne()
    {
        var engine = Engine(seed: 9);
        var tape = new MarketTape(MarketFeeds.Depth);
        var hits = 0;
        for (var i = 0; i < 600; i++)
        {
            var before = tape.Deltas.Count;
            var id = engine.Book(0).LastUpdateId;
            engine.MoveTo(engine.NowMs + 100, tape);
            var delta = tape.Deltas.Skip(before).First(told => told.Symbol == 0).Delta;
            if (delta.FirstId <= id && id <= delta.LastId) hits++;
        }

        Assert.True(hits >= 598, $"{hits} of 600 snapshots fitted");   // before the first delta there is nothing to fit
    }

    [Fact]
    public void MoveTo_FinestSlice_TradesAreAtTheBestPrices()
    {
        var engine = Engine(seed: 10);
        var (tape, checkedTrades) = (new MarketTape(MarketFeeds.AggTrades | MarketFeeds.BookTicker), 0);
        for (var i = 0; i < 1_800; i++)
        {
            tape.Aggregates.Clear();
            engine.MoveTo(engine.NowMs + 100, tape);
            foreach (var (symbol, trade) in tape.Aggregates)
            {
                var best = engine.Book(symbol).Best;
                Assert.Equal(trade.Ticks, trade.BuyerIsMaker ? best.Bid.Ticks : best.Ask.Ticks);
                checkedTrades++;
            }
        }

        Assert.True(checkedTrades > 2_000, $"{checkedTrades} trades");
        Assert.Equal(["aggTrade", "quote", "bookTicker"], tape.Order.Distinct().Where(what => what != "closed"));
    }

    [Fact]
    public void Take_BackgroundLiquidity_IsLessAfterwardsAndShownInTheNextDelta()
    {
        var engine = Engine(seed: 11);
        engine.MoveTo(engine.NowMs + 1_000, new MarketTape(MarketFeeds.Depth));
        var book = engine.Book(0);
        var (before, id) = (book.Snapshot(20), book.LastUpdateId);
        var wanted = before.Asks[0].Steps + before.Asks[1].Steps + 1;

        Assert.Equal(before.Asks.Take(3).Sum(level => level.Steps), book.Available(Side.Long, before.Asks[2].Ticks));
        var fills = book.Take(Side.Long, wanted, limitTicks: null);
        Assert.Equal([before.Asks[0], before.Asks[1], before.Asks[2] with { Steps = 1 }], fills);
        Assert.Equal(before.Asks[2].Ticks, book.Best.Ask.Ticks);
        Assert.Equal(before.Asks[2].Steps - 1, book.Best.Ask.Steps);
        Assert.True(book.LastUpdateId > id);

        var tape = new MarketTape(MarketFeeds.Depth);
        engine.MoveTo(engine.NowMs + 100, tape);
        var delta = tape.Deltas.First(told => told.Symbol == 0).Delta;
        Assert.Contains(delta.Asks, level => level.Ticks == before.Asks[0].Ticks);
        Assert.Contains(delta.Asks, level => level.Ticks == before.Asks[1].Ticks);
        Assert.Contains(delta.Asks, level => level.Ticks == before.Asks[2].Ticks);

        var bids = book.Snapshot(5).Bids;
        Assert.Empty(book.Take(Side.Short, 10, bids[0].Ticks + 1));
        Assert.Equal(bids[0].Steps, book.Take(Side.Short, long.MaxValue, bids[0].Ticks).Single().Steps);
    }

    [Fact]
    public void AddOwn_RestingOrder_IsShownUntilTheMarketCrossesItOrItLeaves()
    {
        var engine = Engine(seed: 12);
        engine.MoveTo(engine.NowMs + 1_000, new MarketTape(MarketFeeds.Depth));
        var book = engine.Book(0);
        var best = book.Best;
        var level = book.Snapshot(3).Bids[2];
        book.AddOwn(Side.Long, level.Ticks, 7_777_777);
        Assert.Equal(level.Steps + 7_777_777, book.Snapshot(3).Bids[2].Steps);
        book.RemoveOwn(Side.Long, level.Ticks, 7_777_777);
        Assert.Equal(level, book.Snapshot(3).Bids[2]);
        Assert.Throws<InvalidOperationException>(() => book.RemoveOwn(Side.Long, level.Ticks, 1));

        // Inside the spread it would be the best; where the background stands on the other side it is hidden.
        book.Take(Side.Long, best.Ask.Steps, best.Ask.Ticks);
        book.AddOwn(Side.Short, best.Ask.Ticks, 5);
        Assert.Equal(new(best.Ask.Ticks, 5), book.Best.Ask);
        Assert.True(book.BackgroundAsk > best.Ask.Ticks);
        book.AddOwn(Side.Long, book.BackgroundAsk, 3);
        Assert.True(book.Best.Bid.Ticks < book.Best.Ask.Ticks);
    }

    [Fact]
    public void Book_PriceBeyondEveryLevel_IsWholeAgain()
    {
        const int Symbols = 60;
        var engine = new MarketEngine(new GeneratedSource(4, Start, SymbolUniverse.Of(4, Symbols, Start)));
        var symbols = Enumerable.Range(0, Symbols).ToArray();
        for (var hour = 1; hour < 200; hour += 3)
        {
            engine.MoveTo(Start + (hour * 60 * MinuteMs), new MarketTape(), sliceMs: 60_000);
            foreach (var symbol in symbols.Where(symbol => engine.LastTicks(symbol) > 0))
            {
                var (book, last) = (engine.Book(symbol).Snapshot(1_000), engine.LastTicks(symbol));
                Assert.True(book.Bids[0].Ticks < book.Asks[0].Ticks && book.Asks.Count == 1_000, $"hour {hour}, symbol {symbol}");
                Assert.True(book.Bids.Count == 1_000 || book.Bids[^1].Ticks <= 3, $"hour {hour}, symbol {symbol}");
                Assert.True(book.Bids[0].Ticks == last || book.Asks[0].Ticks == last, $"hour {hour}, symbol {symbol}");
            }
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void MoveTo_WithOwnOrdersThatNobodyFills_BookIsNeverCrossedAndDeltasStayTrue(int seed)
    {
        var engine = Engine(seed);
        var (reader, random) = (new BookReader(engine), new Random(seed));
        engine.MoveTo(Start + 1_000, reader);
        for (var i = 0; i < 1_500; i++)
        {
            var book = engine.Book(0);
            var side = random.Next(2) == 0 ? Side.Long : Side.Short;
            var near = side == Side.Long ? book.BackgroundBid : book.BackgroundAsk;
            if (i % 20 == 0) book.AddOwn(side, near - ((int)side * random.Next(0, 60)), random.Next(1, 500));
            if (i % 33 == 0) book.Take(side, random.Next(1, 50_000), limitTicks: null);
            engine.MoveTo(engine.NowMs + 200, reader);
            reader.Compare(0, $"seed {seed}, step {i}");
        }
    }

    [Fact]
    public void OnTrade_ListenerTakesAndQuotesWithin_SeesTheBookBeforeTheTrade()
    {
        var engine = Engine(seed: 13);
        var (asked, told) = (0, new List<AggTrade>());
        var reader = new BookReader(engine)
        {
            Traded = (symbol, trade) =>
            {
                told.Add(trade);
                asked += engine.Book(symbol).Take(Side.Long, 1, limitTicks: null).Count;
                _ = engine.LastTicks((symbol + 1) % 3);
                _ = engine.MarkPrice((symbol + 2) % 3);
            },
        };
        engine.MoveTo(Start + (2 * MinuteMs), reader);
        for (var symbol = 0; symbol < 3; symbol++) reader.Compare(symbol, $"symbol {symbol}");

        var plain = new MarketTape(MarketFeeds.AggTrades);
        Engine(seed: 13).MoveTo(Start + (2 * MinuteMs), plain);
        Assert.Equal(plain.Aggregates.Select(entry => entry.Trade), told);
        Assert.True(asked > 1_000, $"{asked} fills");
    }

    private static MarketEngine Engine(long seed) =>
        new(new GeneratedSource(seed, Start, [.. GeneratedSymbols.Twelve.Where((_, i) => i is 0 or 5 or 10).Select(ListedSymbol.Of)]));

    /// <summary>Keeps books from snapshot and deltas as a client does, and compares.</summary>
    private sealed class BookReader(MarketEngine engine) : IMarketListener
    {
        private readonly Dictionary<(int Symbol, bool IsBid), SortedDictionary<long, long>> _sides = [];
        private readonly long[] _last = new long[engine.Symbols.Count];
        private readonly BookTicker[] _best = new BookTicker[engine.Symbols.Count];
        private readonly (long Bid, long Ask)[] _worst = new (long, long)[engine.Symbols.Count];
        private int _deltas;

        public long Updates { get; private set; }

        public long Trades { get; private set; }

        public long Missing { get; private set; }

        public long Compared { get; private set; }

        public Action<int, AggTrade>? Traded { get; init; }

        public MarketFeeds Wants(int symbol) => MarketFeeds.Depth | MarketFeeds.BookTicker | MarketFeeds.AggTrades;

        public void OnDepth(int symbol, in DepthDelta delta)
        {
            Assert.True(delta.FirstId <= delta.LastId && delta.FirstId > delta.PreviousLastId, $"U {delta.FirstId}, u {delta.LastId}, pu {delta.PreviousLastId}");
            Assert.True(delta.TransactionMs <= delta.EventMs);
            if (_last[symbol] == 0)
            {
                Begin(symbol);
            }
            else
            {
                Assert.Equal(_last[symbol], delta.PreviousLastId);
            }

            _last[symbol] = delta.LastId;
            Apply(symbol, isBid: true, delta.Bids);
            Apply(symbol, isBid: false, delta.Asks);
            if (++_deltas % 15 == 0) CompareWhole(symbol);
        }

        // Within the delta's call nothing has changed since: all that the client can know is the same.
        private void CompareWhole(int symbol)
        {
            var shot = engine.Book(symbol).Snapshot(1_000);
            Compared += Whole(isBid: true, shot.Bids, level => level.Ticks >= Math.Max(_worst[symbol].Bid, shot.Bids[^1].Ticks));
            Compared += Whole(isBid: false, shot.Asks, level => level.Ticks <= Math.Min(_worst[symbol].Ask, shot.Asks[^1].Ticks));

            int Whole(bool isBid, IReadOnlyList<DepthLevel> levels, Func<DepthLevel, bool> isKnown)
            {
                var (expected, known) = (levels.Where(isKnown).ToArray(), Known(symbol, isBid).Where(isKnown).ToArray());
                if (!known.AsSpan().SequenceEqual(expected)) Assert.Equal(expected, known);   // which is slow, and says where
                return expected.Length;
            }
        }

        public void Compare(int symbol, string where)
        {
            if (_last[symbol] == 0) return;
            var shot = engine.Book(symbol).Snapshot(1_000);
            Assert.True(shot.Bids.Count == 1_000 && shot.Asks.Count == 1_000, where);
            Assert.True(shot.Bids[0].Ticks < shot.Asks[0].Ticks, where);
            Assert.True(shot.Bids.Zip(shot.Bids.Skip(1)).All(pair => pair.First.Ticks > pair.Second.Ticks), where);
            Assert.True(shot.Asks.Zip(shot.Asks.Skip(1)).All(pair => pair.First.Ticks < pair.Second.Ticks), where);

            // What changed after the last delta is far from the best: the ten best levels are in step, and so is bookTicker.
            Assert.True(shot.Bids.Take(10).SequenceEqual(Known(symbol, isBid: true).Take(10)), where);
            Assert.True(shot.Asks.Take(10).SequenceEqual(Known(symbol, isBid: false).Take(10)), where);
            Assert.True((_best[symbol].Bid, _best[symbol].Ask) == (shot.Bids[0], shot.Asks[0]), where);
        }

        public void OnBookTicker(int symbol, in BookTicker ticker)
        {
            _best[symbol] = ticker;
            Assert.True(ticker.Bid.Ticks < ticker.Ask.Ticks && ticker.Bid.Steps > 0 && ticker.Ask.Steps > 0, $"{ticker}");
        }

        public void OnAggTrade(int symbol, in AggTrade trade)
        {
            Trades++;
            Traded?.Invoke(symbol, trade);
        }

        public void OnTrade(int symbol, in MarketTrade trade) => Assert.Fail("not wanted");

        public void OnQuote(int symbol, long bidTicks, long askTicks, long timeMs) => Assert.True(bidTicks < askTicks);

        public void OnKline(int symbol, KlineInterval interval, in KlineRow row, bool closed) => Assert.True(closed);

        public void OnMarkPrice(int symbol, in MarkPrice mark) => Assert.Fail("not wanted");

        public void OnFunding(int symbol, in FundingRate funding)
        {
        }

        private void Begin(int symbol)
        {
            // Within the first delta's call the book holds it already.
            var shot = engine.Book(symbol).Snapshot(1_000);
            _worst[symbol] = (shot.Bids[^1].Ticks, shot.Asks[^1].Ticks);
            _sides[(symbol, true)] = new(shot.Bids.ToDictionary(level => -level.Ticks, level => level.Steps));
            _sides[(symbol, false)] = new(shot.Asks.ToDictionary(level => level.Ticks, level => level.Steps));
        }

        private IEnumerable<DepthLevel> Known(int symbol, bool isBid) =>
            _sides[(symbol, isBid)].Select(level => new DepthLevel(isBid ? -level.Key : level.Key, level.Value));

        private void Apply(int symbol, bool isBid, ReadOnlySpan<DepthLevel> levels)
        {
            var (side, before) = (_sides[(symbol, isBid)], isBid ? long.MaxValue : long.MinValue);
            foreach (var level in levels)
            {
                Assert.True(isBid ? level.Ticks < before : level.Ticks > before, "levels out of order");
                before = level.Ticks;
                var key = isBid ? -level.Ticks : level.Ticks;
                Updates++;
                if (level.Steps > 0) side[key] = level.Steps;
                else if (!side.Remove(key)) Missing++;
            }
        }
    }
}
