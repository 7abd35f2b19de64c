namespace FuturesBot.Simulator.Market;

/// <summary>
/// A market replayed from raw depth recordings: depth deltas, bookTickers and trades come exactly as they are in the files, in
/// their order, at their event times; candles and aggregated trades are made from the trades.
/// </summary>
/// <remarks>
/// Recordings hold no marks, funding or open interest: the mark is the middle of the best prices and the index the same, the funding rate is
/// the interest of 0.01 %, open interest is not known; mark candles are those of the trades. Books cannot be changed (<see cref="IMarketBook"/>).
/// Before the recorded snapshot's own time a book's snapshot is of a later id than the deltas: a client waits for the delta that fits.
/// </remarks>
public sealed class RecordedMarket : IMarket
{
    private const long MinuteMs = KlineMath.MinuteMs;
    private const int FinestMs = 100;
    private const long FundingMs = 8 * 3_600_000;

    private readonly RecordedSymbol[] _symbols;
    private readonly List<FundingRate>[] _payments;
    private readonly MarketFeeds[] _wants;

    /// <param name="paths">A recording each, of different symbols: lines of local time and JSON, plain or <c>.gz</c>.</param>
    /// <exception cref="ArgumentException">No path, or a symbol twice.</exception>
    /// <exception cref="InvalidDataException">A damaged recording, or one without a depth snapshot.</exception>
    public RecordedMarket(IReadOnlyList<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        _symbols = [.. paths.Select((path, place) => new RecordedSymbol(place, new(path)))];
        if (_symbols.Length == 0 || _symbols.DistinctBy(symbol => symbol.Facts.Symbol).Count() < _symbols.Length)
            throw new ArgumentException("One recording or more is needed, each of another symbol", nameof(paths));
        Symbols = [.. _symbols.Select(symbol => symbol.Facts)];
        _payments = [.. _symbols.Select(_ => new List<FundingRate>())];
        _wants = new MarketFeeds[_symbols.Length];
        NowMs = OldestMs = _symbols.Min(symbol => symbol.FirstMs) - 1;
        EndMs = _symbols.Max(symbol => symbol.EndMs) + 1;   // the last event is told too when it falls on a minute
    }

    /// <summary>The recordings in a folder, by the ending of their names (<c>.raw</c>, <c>.raw.gz</c>); none when there is none.</summary>
    public static IReadOnlyList<string> FilesIn(string folder) =>
    [
        .. Directory.EnumerateFiles(folder)
            .Where(path => path.EndsWith(".raw", StringComparison.Ordinal) || path.EndsWith(".raw.gz", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    public IReadOnlyList<MarketSymbol> Symbols { get; }

    public long NowMs { get; private set; }

    public long OldestMs { get; }

    public long? EndMs { get; }

    public void MoveTo(long marketMs, IMarketListener into, int sliceMs = FinestMs)
    {
        ArgumentNullException.ThrowIfNull(into);
        if (marketMs < NowMs) throw new ArgumentException($"Time was {marketMs}, before now, {NowMs}", nameof(marketMs));
        if (sliceMs < FinestMs || sliceMs % FinestMs != 0)
            throw new ArgumentException($"Slice was {sliceMs} ms; allowed are multiples of {FinestMs}", nameof(sliceMs));
        for (var i = 0; i < _wants.Length; i++) _wants[i] = into.Wants(i);
        marketMs = Math.Min(marketMs, EndMs!.Value);
        while (NowMs < marketMs)
        {
            var minuteEndMs = ((NowMs / MinuteMs) + 1) * MinuteMs;
            var lookMs = Math.Min(Math.Min(((NowMs / sliceMs) + 1) * sliceMs, minuteEndMs), marketMs);
            var isSecond = lookMs / 1000 != NowMs / 1000;
            NowMs = lookMs;

            // An event at the very end of a minute belongs to the next one.
            var untilMs = lookMs == minuteEndMs ? lookMs - 1 : lookMs;
            for (var i = 0; i < _symbols.Length; i++) Tell(i, untilMs, isSecond, lookMs % sliceMs == 0 && lookMs < minuteEndMs, into);
            if (lookMs == minuteEndMs) Close(minuteEndMs, into);
        }
    }

    public void Print(int symbol, long ticks, long steps, bool takerBuys)
    {
        // The recording goes on as it was.
    }

    public IReadOnlyList<KlineRow> Klines(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit)
    {
        Ranges.Check(limit, 1_500);
        var rows = new List<KlineRow>();
        foreach (var minute in _symbols[symbol].Minutes)
        {
            if (rows.Count > 0 && rows[^1].CloseMs >= minute.CloseMs) rows[^1] = KlineMath.Join(rows[^1], minute);
            else rows.Add(KlineMath.Begin(interval, minute));
        }

        if (_symbols[symbol].TryRunning(interval, NowMs, out var running))
        {
            if (rows.Count > 0 && rows[^1].OpenMs == running.OpenMs) rows[^1] = running;
            else rows.Add(running);
        }

        return Ranges.Pick(rows, static row => row.OpenMs, new(startMs, endMs ?? NowMs, limit));
    }

    public IReadOnlyList<PriceKlineRow> MarkPriceKlines(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit)
    {
        var facts = Symbols[symbol];
        return
        [
            .. Klines(symbol, interval, startMs, endMs, limit).Select(row => new PriceKlineRow(
                row.OpenMs, row.CloseMs, facts.Price(row.Open), facts.Price(row.High), facts.Price(row.Low), facts.Price(row.Close))),
        ];
    }

    public IReadOnlyList<PriceKlineRow> IndexPriceKlines(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit) =>
        MarkPriceKlines(symbol, interval, startMs, endMs, limit);

    public IMarketBook Book(int symbol) => _symbols[symbol].Book;

    public Ticker24h Ticker24h(int symbol)
    {
        var market = _symbols[symbol];
        var rows = Klines(symbol, KlineInterval.M1, NowMs - (1_440 * MinuteMs), null, 1_500);
        if (rows.Count == 0) return new(NowMs - (1_440 * MinuteMs), NowMs, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0);
        var sum = rows.Aggregate((all, row) => KlineMath.Join(all, row));
        return new(
            NowMs - (1_440 * MinuteMs), NowMs, sum.Open, sum.High, sum.Low, sum.Close, market.LastSteps, sum.Volume, sum.QuoteVolume,
            sum.FirstTradeId, sum.LastTradeId, sum.Trades);
    }

    public long LastTicks(int symbol) => _symbols[symbol].LastTicks;

    public MarkPrice MarkPrice(int symbol)
    {
        var mark = _symbols[symbol].Mark;
        return new(NowMs, mark, mark, mark, FundingModel.Interest, ((NowMs / FundingMs) + 1) * FundingMs);
    }

    public IReadOnlyList<FundingRate> FundingRates(int symbol, long? startMs, long? endMs, int limit)
    {
        Ranges.Check(limit, 1_000);
        return Ranges.Pick(_payments[symbol], static paid => paid.TimeMs, new(startMs, endMs ?? NowMs, limit));
    }

    public OpenInterestRow? OpenInterest(int symbol) => null;

    public IReadOnlyList<OpenInterestRow> OpenInterestHistory(int symbol, int periodMinutes, long? startMs, long? endMs, int limit) => [];

    public IReadOnlyList<AggTrade> AggTrades(int symbol, long? fromId, long? startMs, long? endMs, int limit)
    {
        Ranges.Check(limit, 1_000);
        var told = _symbols[symbol].Aggregates;
        return fromId is { } id
            ? [.. told.Where(trade => trade.Id >= id).Take(limit)]
            : Ranges.Pick([.. told], static trade => trade.TimeMs, new(startMs, endMs ?? NowMs, limit));
    }

    public IReadOnlyList<MarketTrade> Trades(int symbol, long? fromId, int limit)
    {
        Ranges.Check(limit, 1_000);
        return Ranges.Pick(_symbols[symbol].Trades, static trade => trade.Id, new(fromId, long.MaxValue, limit));
    }

    private void Tell(int place, long untilMs, bool isSecond, bool tellsRunning, IMarketListener into)
    {
        var (symbol, wants) = (_symbols[place], _wants[place]);
        symbol.TellUntil(untilMs, wants, into);
        if (isSecond && wants.HasFlag(MarketFeeds.MarkPrice)) into.OnMarkPrice(place, MarkPrice(place));
        if (!tellsRunning || !symbol.HasNews || !wants.HasFlag(MarketFeeds.RunningKlines)) return;
        symbol.HasNews = false;
        foreach (var interval in KlineIntervals.All)
        {
            if (symbol.TryRunning(interval, NowMs, out var row)) into.OnKline(place, interval, row, closed: false);
        }
    }

    private void Close(long endMs, IMarketListener into)
    {
        for (var i = 0; i < _symbols.Length; i++)
        {
            _symbols[i].Close(endMs, into);
            if (endMs % FundingMs != 0) continue;
            _payments[i].Add(new(endMs, FundingModel.Interest, _symbols[i].Mark));
            into.OnFunding(i, _payments[i][^1]);
        }
    }
}
