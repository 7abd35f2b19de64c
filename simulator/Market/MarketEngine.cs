namespace FuturesBot.Simulator.Market;

/// <summary>
/// The simulated market over any source of minutes: trades within each minute that add up to its candle, books around their
/// prices, candles of every interval, mark prices, funding and open interest. It has no clock and draws everything from
/// the source's seed: the same source moved to the same time has the same candles, trades, payments and marks in whatever steps it came there.
/// Books are the same for the same steps and questions.
/// </summary>
/// <remarks>
/// Public trades come from the source alone: what is taken from a book does not appear among them, and candles do not hold it.
/// One thread at a time.
/// </remarks>
public sealed class MarketEngine : IMarket, IDisposable
{
    private const long MinuteMs = KlineMath.MinuteMs;
    private const int FinestMs = 100;

    private readonly IMinuteSource _source;
    private readonly SymbolMarket[] _symbols;
    private readonly SourceMinute[] _minutes;
    private readonly MarketFeeds[] _wants;
    private long _minuteMs;
    private long _lookMs;
    private bool _isBegun;
    private bool _isAtEnd;

    /// <param name="source">Owned from now on.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <exception cref="ArgumentException">A time to start at before the source's beginning, or days outside the range.</exception>
    public MarketEngine(IMinuteSource source, MarketEngineOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        options ??= new();
        if (options.DaysKept is < 2 or > 3_650)
            throw new ArgumentException($"Days kept was {options.DaysKept}, allowed are 2 to 3,650", nameof(options));
        if (options.StartAtMs < source.NextMinuteMs)
            throw new ArgumentException($"Start was {options.StartAtMs}; the source begins at {source.NextMinuteMs}", nameof(options));
        _source = source;
        NowMs = _lookMs = _minuteMs = source.NextMinuteMs;
        _symbols = [.. source.Symbols.Select((facts, place) => new SymbolMarket(place, facts, source.Seed, NowMs, options.DaysKept))];
        _minutes = new SourceMinute[_symbols.Length];
        _wants = new MarketFeeds[_symbols.Length];
        OldestMs = NowMs;
        if (options.StartAtMs is { } start) FastForward(start);
    }

    public IReadOnlyList<MarketSymbol> Symbols => _source.Symbols;

    public long NowMs { get; private set; }

    public long OldestMs { get; private set; }

    public long? EndMs => _isAtEnd ? _minuteMs : _source.EndMs;

    public void MoveTo(long marketMs, IMarketListener into, int sliceMs = FinestMs)
    {
        ArgumentNullException.ThrowIfNull(into);
        if (marketMs < NowMs) throw new ArgumentException($"Time was {marketMs}, before now, {NowMs}", nameof(marketMs));
        if (sliceMs < FinestMs || sliceMs % FinestMs != 0)
            throw new ArgumentException($"Slice was {sliceMs} ms; allowed are multiples of {FinestMs}", nameof(sliceMs));
        for (var i = 0; i < _wants.Length; i++) _wants[i] = into.Wants(i);
        while (Begin(marketMs, sliceMs))
        {
            var endMs = _minuteMs + MinuteMs;
            var lookMs = Math.Min(((_lookMs / sliceMs) + 1) * sliceMs, endMs);
            if (lookMs > marketMs) break;
            NowMs = lookMs;
            for (var i = 0; i < _symbols.Length; i++) _symbols[i].Look(lookMs, _lookMs, _wants[i], into);
            _lookMs = lookMs;   // until here questions from within calls see the look before and what was told since
            if (lookMs == endMs) Close(into);
        }

        NowMs = _isAtEnd ? _minuteMs : marketMs;
    }

    public void Print(int symbol, long ticks, long steps, bool takerBuys)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        _symbols[symbol].Print(ticks, steps, takerBuys, _lookMs);
    }

    public IReadOnlyList<KlineRow> Klines(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit)
    {
        Ranges.Check(limit, 1_500);
        return KlineQueries.Rows(_symbols[symbol], interval, new(startMs, endMs ?? NowMs, limit), _lookMs);
    }

    public IReadOnlyList<PriceKlineRow> MarkPriceKlines(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit)
    {
        Ranges.Check(limit, 1_500);
        return PriceKlineQueries.Rows(_symbols[symbol], interval, new(startMs, endMs ?? NowMs, limit), _lookMs, isIndex: false);
    }

    public IReadOnlyList<PriceKlineRow> IndexPriceKlines(int symbol, KlineInterval interval, long? startMs, long? endMs, int limit)
    {
        Ranges.Check(limit, 1_500);
        return PriceKlineQueries.Rows(_symbols[symbol], interval, new(startMs, endMs ?? NowMs, limit), _lookMs, isIndex: true);
    }

    public IMarketBook Book(int symbol) => _symbols[symbol].Book(_lookMs);

    public Ticker24h Ticker24h(int symbol) => DayQueries.Ticker(_symbols[symbol], _lookMs);

    public long LastTicks(int symbol)
    {
        _ = _symbols[symbol].Told(_lookMs);
        return _symbols[symbol].LastTicks;
    }

    public MarkPrice MarkPrice(int symbol) => _symbols[symbol].MarkAt(_lookMs);

    public IReadOnlyList<FundingRate> FundingRates(int symbol, long? startMs, long? endMs, int limit)
    {
        Ranges.Check(limit, 1_000);
        return Ranges.Pick(_symbols[symbol].Payments, static payment => payment.TimeMs, new(startMs, endMs ?? NowMs, limit));
    }

    public OpenInterestRow? OpenInterest(int symbol) => DayQueries.InterestNow(_symbols[symbol], _lookMs);

    public IReadOnlyList<OpenInterestRow> OpenInterestHistory(int symbol, int periodMinutes, long? startMs, long? endMs, int limit)
    {
        Ranges.Check(limit, 500);
        return DayQueries.Interest(_symbols[symbol], periodMinutes, new(startMs, endMs ?? NowMs, limit), _lookMs);
    }

    public IReadOnlyList<AggTrade> AggTrades(int symbol, long? fromId, long? startMs, long? endMs, int limit)
    {
        Ranges.Check(limit, 1_000);
        return TradeQueries.Aggregates(_symbols[symbol], _source.Seed, symbol, fromId, new(startMs, endMs ?? NowMs, limit), _lookMs);
    }

    public IReadOnlyList<MarketTrade> Trades(int symbol, long? fromId, int limit)
    {
        Ranges.Check(limit, 1_000);
        return TradeQueries.Singles(_symbols[symbol], _source.Seed, symbol, fromId, limit, _lookMs);
    }

    public void Dispose() => _source.Dispose();

    private void FastForward(long toMs)
    {
        while (Begin(toMs, _minuteMs + MinuteMs <= toMs ? (int)MinuteMs : FinestMs) && _minuteMs + MinuteMs <= toMs)
        {
            _lookMs = _minuteMs + MinuteMs;
            Close(into: null);
        }

        NowMs = _isAtEnd ? _minuteMs : toMs;
        if (_isBegun && NowMs > _minuteMs) _lookMs = NowMs / FinestMs * FinestMs;
    }

    // False when the minute that is due begins only later, or never.
    private bool Begin(long toMs, int sliceMs)
    {
        if (_isBegun) return true;
        if (_isAtEnd || _minuteMs >= toMs) return false;
        Array.Clear(_minutes);
        if (!_source.TryRead(_minutes))
        {
            _isAtEnd = true;
            return false;
        }

        var aggregates = (int)Math.Clamp(MinuteMs / sliceMs, MinutePlan.AggregatesMin, MinutePlan.Slots);
        for (var i = 0; i < _symbols.Length; i++) _symbols[i].Begin(_minuteMs / MinuteMs, _minutes[i], aggregates);
        return _isBegun = true;
    }

    private void Close(IMarketListener? into)
    {
        _isBegun = false;
        _minuteMs += MinuteMs;
        var oldest = long.MaxValue;
        for (var i = 0; i < _symbols.Length; i++)
        {
            _symbols[i].Close(_wants[i], into);
            if (_symbols[i].History.End > 0) oldest = Math.Min(oldest, _symbols[i].History.First * MinuteMs);
        }

        if (oldest != long.MaxValue) OldestMs = oldest;
    }
}
