namespace FuturesBot.Simulator.Market;

/// <summary>One symbol of the market: its history, the minute in progress as far as it was told, and its book.</summary>
internal sealed class SymbolMarket
{
    private const long MinuteMs = KlineMath.MinuteMs;
    private const long SlotMs = MinuteMs / MinutePlan.Slots;

    // Running candles come at most four times a second, as on the exchange.
    private const long RunningEveryMs = 250;

    private readonly int _place;
    private readonly long _seed;
    private readonly MinutePlan _plan = new();
    private readonly List<OwnPrint> _prints = [];
    private readonly List<(long Ticks, long Steps, bool IsBuy)> _betweenMinutes = [];
    private readonly Queue<AggTrade> _untold = new();
    private GeneratedBook? _book;
    private MinuteBar _bar;
    private KlineRow _running;
    private long _minute;
    private bool _isPlanned;
    private int _told;
    private long _toldMs;
    private long _lastToldMs;
    private long _lastSteps;
    private long _pathClose;
    private OwnSums _own;
    private long _runningToldMs;
    private bool _hasNews;
    private long _bid;
    private long _ask;
    private double _pace;
    private long _interestNext = -1;

    public SymbolMarket(int place, MarketSymbol facts, long seed, long marketStartMs, int daysKept)
    {
        _place = place;
        _seed = seed;
        Facts = facts;
        History = new(daysKept);
        Ladder = new(facts.OnboardMs > marketStartMs ? 0 : marketStartMs);
        Funding = new(seed, place, facts);
    }

    public MarketSymbol Facts { get; }

    public MinuteHistory History { get; }

    public KlineLadder Ladder { get; }

    public FundingModel Funding { get; }

    /// <summary>Payments so far; the oldest go when there are very many.</summary>
    public List<FundingRate> Payments { get; } = [];

    /// <summary>Open interest in steps at the end of the last closed minute; −1 when it is not known.</summary>
    public long Interest { get; private set; } = -1;

    /// <summary>Close of the last minute that had a candle, in ticks; 0 before the first.</summary>
    public long LastClose { get; private set; }

    /// <summary>The minute in progress, since 1970.</summary>
    public long Minute => _minute;

    /// <summary>Mark price at the end of that minute, hundredths of a tick.</summary>
    public long LastMark { get; private set; }

    /// <summary>Begins a minute.</summary>
    /// <param name="minute">Minutes since 1970.</param>
    /// <param name="source">Its candle as it will be.</param>
    /// <param name="aggregatesMax">Most aggregates that its trades come in.</param>
    public void Begin(long minute, in SourceMinute source, int aggregatesMax)
    {
        _minute = minute;
        (_isPlanned, _told, _toldMs, _hasNews) = (false, 0, minute * MinuteMs, false);
        _bar = default;
        if (source.Open <= 0) return;
        _lastToldMs = _toldMs;
        _interestNext = source.OpenInterest;
        if (LastClose == 0) LastMark = source.Open * 100;
        var close = checked((int)source.Close);
        _bar = new()
        {
            Open = checked((int)source.Open),
            High = checked((int)source.High),
            Low = checked((int)source.Low),
            Close = close,
            Volume = source.Volume,
            TakerBuy = source.TakerBuyVolume,
            Quote = source.QuoteVolume,
            TakerQuote = source.TakerBuyQuoteVolume,
            Trades = source.Trades,
            MarkOffset = checked((int)(MarkMath.Close(LastMark, close) - (close * 100L))),
            AggregatesMax = (ushort)aggregatesMax,
        };
        if (_pace == 0) _pace = _bar.Volume;
        var flat = LastClose > 0 ? (int)LastClose : _bar.Open;
        var nothing = new MinuteBar { Open = flat, High = flat, Low = flat, Close = flat };
        _running = KlineMath.Row(minute, nothing, 0);
        if (LastClose == 0) Quote(_bar.Open, isBuy: true);
        foreach (var (ticks, steps, isBuy) in _betweenMinutes) Print(ticks, steps, isBuy);
        _betweenMinutes.Clear();
    }

    /// <summary>Fills of accounts in the minute in progress.</summary>
    public IReadOnlyList<OwnPrint> Prints => _prints;

    /// <summary>Puts a fill of an account after the trades that were told.</summary>
    public void Print(long ticks, long steps, bool isBuy, long nowMs)
    {
        CatchUp(nowMs);
        if (_bar.Exists) Print(ticks, steps, isBuy);
        else _betweenMinutes.Add((ticks, steps, isBuy));   // it is the first trade of the minute that is about to begin
    }

    /// <summary>Tells what happened until <paramref name="lookMs"/> in the minute in progress.</summary>
    public void Look(long lookMs, long previousMs, MarketFeeds wants, IMarketListener into)
    {
        if (wants == MarketFeeds.None && _book is not { HasOwn: true })
        {
            _book?.Flush(_place, lookMs, isWanted: false, into);
            _untold.Clear();
            return;
        }

        CatchUp(previousMs);
        TellPrints(wants, into);
        while (_told < Plan.Length && IsBy(Plan[_told], lookMs))
        {
            Tell(wants, into);
            TellPrints(wants, into);
        }

        _toldMs = lookMs;
        if (LastTicks == 0 || lookMs > Facts.DeliveryMs) return;   // not listed yet, or no more
        if (wants.HasFlag(MarketFeeds.Depth) || wants.HasFlag(MarketFeeds.BookTicker) || _book is { HasOwn: true }) TellBook(lookMs, wants, into);
        if (wants.HasFlag(MarketFeeds.MarkPrice) && lookMs / 1000 != previousMs / 1000) into.OnMarkPrice(_place, MarkAt(lookMs));
        var isDue = _hasNews && lookMs - _runningToldMs >= RunningEveryMs && lookMs < (_minute + 1) * MinuteMs;
        if (isDue && wants.HasFlag(MarketFeeds.RunningKlines)) TellRunning(lookMs, into);
    }

    /// <summary>Ends the minute in progress.</summary>
    public void Close(MarketFeeds wants, IMarketListener? into)
    {
        var endMs = (_minute + 1) * MinuteMs;
        var isListed = LastClose + _bar.Open > 0 && endMs <= Facts.DeliveryMs;
        if (_bar.Exists)
        {
            var bar = _prints.Count == 0 ? _bar : WithPrints();
            var row = KlineMath.Row(_minute, bar, History.Trades);
            Interest = _interestNext;
            History.Add(_minute, bar, Interest, _prints.Count == 0 ? null : new(_bar, [.. _prints]));
            LastMark = _bar.MarkClose;
            LastClose = bar.Close;
            _pathClose = _bar.Close;
            _pace += (_bar.Volume - _pace) / 30;
            if (!_isPlanned) Quote(_bar.Close, isBuy: _bar.Close > _bar.Open);
            else if (Plan.Length > 0) Quote(Plan[^1].Ticks, Plan[^1].IsBuy);
            Ladder.Add(row);
        }

        _bar = default;
        (_isPlanned, _told, _own) = (false, 0, default);
        _prints.Clear();
        Ladder.Close(endMs, _place, into);
        if (!isListed) return;
        if (into is not null && wants.HasFlag(MarketFeeds.RunningKlines)) TellRunning(endMs, into);
        if (Funding.IsDue(endMs)) Pay(endMs, into);
    }

    /// <summary>The book, brought to the time that was told.</summary>
    public GeneratedBook Book(long nowMs)
    {
        CatchUp(nowMs);
        if (_book is not null && _book.NowMs >= nowMs) return _book;
        _book ??= new(_seed, _place, nowMs);
        if (_bid > 0) _book.MoveTo(_bid, _ask, _pace, nowMs);
        return _book;
    }

    /// <summary>The minute in progress so far; false when there is none.</summary>
    public bool TryRunning(long nowMs, out KlineRow row)
    {
        CatchUp(nowMs);
        row = _running;
        return _bar.Exists && nowMs > _minute * MinuteMs;
    }

    /// <summary>Price of the last trade that was told, 0 before the first.</summary>
    public long LastTicks => _bar.Exists && _running.Trades > 0 ? _running.Close : LastClose > 0 ? LastClose : _bar.Open;

    /// <summary>Quantity of the last trade that was told.</summary>
    public long LastSteps => Math.Max(1, _lastSteps);

    /// <summary>Aggregates of the minute in progress that were told.</summary>
    public ReadOnlySpan<PlannedTrade> Told(long nowMs)
    {
        CatchUp(nowMs);
        return Plan[.._told];
    }

    public MarkPrice MarkAt(long nowMs)
    {
        var mark = MarkNow(nowMs);
        var index = mark / (decimal)(1 + Funding.Premium(nowMs));
        index = Math.Round(index, 8);
        return new(nowMs, mark, index, index, Funding.Rate(Math.Max(1, nowMs)), Funding.NextMs(nowMs));
    }

    /// <summary>The minute in progress of the mark price, hundredths of a tick; false when there is none.</summary>
    public bool TryRunningMark(long nowMs, out MarkRow row)
    {
        row = default;
        if (!TryRunning(nowMs, out var running)) return false;
        row = MarkMath.Minute(LastMark, MarkTicks(nowMs), running.High, running.Low);
        return true;
    }

    public decimal MarkNow(long nowMs) => MarkMath.Price(Facts, MarkTicks(nowMs));

    private ReadOnlySpan<PlannedTrade> Plan
    {
        get
        {
            if (!_bar.Exists) return [];
            if (!_isPlanned) _plan.Make(_bar, _seed, _place, _minute);
            _isPlanned = true;
            return _plan.Trades;
        }
    }

    private long MarkTicks(long nowMs)
    {
        if (!_bar.Exists) return LastMark;
        CatchUp(nowMs);
        var path = _told > 0 ? Plan[_told - 1].Ticks : _pathClose > 0 ? _pathClose : _bar.Open;
        return MarkMath.Within(LastMark, _bar, path, (nowMs - (_minute * MinuteMs)) / (double)MinuteMs);
    }

    private bool IsBy(in PlannedTrade trade, long timeMs) => (_minute * MinuteMs) + ((trade.Slot + 1) * SlotMs) <= timeMs;

    // What nobody wanted to hear happened all the same.
    private void CatchUp(long toMs)
    {
        if (!_bar.Exists || toMs <= _toldMs) return;
        while (_told < Plan.Length && IsBy(Plan[_told], toMs)) Tell(MarketFeeds.None, null);
        _toldMs = toMs;
    }

    private void Tell(MarketFeeds wants, IMarketListener? into)
    {
        var trade = Plan[_told];
        var first = History.Trades + _running.Trades + 1;
        var aggregate = TradeMath.Aggregate(trade, _minute, History.Aggregates + _told + _prints.Count + 1, first);
        _told++;
        _lastToldMs = aggregate.TimeMs;
        _hasNews = true;
        Run(trade, first);
        Quote(trade.Ticks, trade.IsBuy);
        _lastSteps = TradeMath.Part(trade, trade.Trades - 1);
        if (into is null) return;
        if (wants.HasFlag(MarketFeeds.Trades))
        {
            for (var i = 0; i < trade.Trades; i++) into.OnTrade(_place, TradeMath.Single(aggregate, trade, i));
        }

        if (wants.HasFlag(MarketFeeds.AggTrades)) into.OnAggTrade(_place, aggregate);
    }

    private void Run(in PlannedTrade trade, long first)
    {
        var begins = _running.Trades == 0;
        var share = (_running.Volume - _own.Steps + trade.Steps) / (double)_bar.Volume;
        _running = _running with
        {
            Open = begins ? trade.Ticks : _running.Open,
            High = begins ? trade.Ticks : Math.Max(_running.High, trade.Ticks),
            Low = begins ? trade.Ticks : Math.Min(_running.Low, trade.Ticks),
            Close = trade.Ticks,
            Volume = _running.Volume + trade.Steps,
            QuoteVolume = (_bar.Quote * share) + _own.Quote,
            Trades = _running.Trades + trade.Trades,
            TakerBuyVolume = _running.TakerBuyVolume + (trade.IsBuy ? trade.Steps : 0),
            TakerBuyQuoteVolume = (_bar.TakerQuote * share) + _own.TakerQuote,
            FirstTradeId = begins ? first : _running.FirstTradeId,
            LastTradeId = first + trade.Trades - 1,
        };
    }

    private void Print(long ticks, long steps, bool isBuy)
    {
        var print = new OwnPrint(_told, Math.Max(_toldMs, _lastToldMs), checked((int)ticks), steps, isBuy);
        var first = History.Trades + _running.Trades + 1;
        var begins = _running.Trades == 0;
        var quote = (double)(Facts.Price(ticks) * Facts.Quantity(steps));
        _prints.Add(print);
        _own.Add(steps, quote, isBuy);
        _running = _running with
        {
            Open = begins ? ticks : _running.Open,
            High = begins ? ticks : Math.Max(_running.High, ticks),
            Low = begins ? ticks : Math.Min(_running.Low, ticks),
            Close = ticks,
            Volume = _running.Volume + steps,
            QuoteVolume = _running.QuoteVolume + quote,
            Trades = _running.Trades + 1,
            TakerBuyVolume = _running.TakerBuyVolume + (isBuy ? steps : 0),
            TakerBuyQuoteVolume = _running.TakerBuyQuoteVolume + (isBuy ? quote : 0),
            FirstTradeId = begins ? first : _running.FirstTradeId,
            LastTradeId = first,
        };
        (_lastSteps, _hasNews) = (steps, true);
        _untold.Enqueue(TradeMath.Aggregate(print, History.Aggregates + _told + _prints.Count, first));
    }

    private void TellPrints(MarketFeeds wants, IMarketListener into)
    {
        while (_untold.TryDequeue(out var trade))
        {
            if (wants.HasFlag(MarketFeeds.Trades))
                into.OnTrade(_place, new(trade.FirstTradeId, trade.TimeMs, trade.Ticks, trade.Steps, trade.BuyerIsMaker, IsOwn: true));
            if (wants.HasFlag(MarketFeeds.AggTrades)) into.OnAggTrade(_place, trade);
        }
    }

    // The mark price is not moved by accounts: it ends where it would have ended.
    private MinuteBar WithPrints()
    {
        var bar = _bar;
        var (first, last) = (_prints[0], _prints[^1]);
        if (first.After == 0) bar.Open = first.Ticks;
        if (last.After == Plan.Length) bar.Close = last.Ticks;
        bar.High = Math.Max(bar.High, _prints.Max(print => print.Ticks));
        bar.Low = Math.Min(bar.Low, _prints.Min(print => print.Ticks));
        bar.Volume += _own.Steps;
        bar.TakerBuy += _own.TakerSteps;
        bar.Quote += _own.Quote;
        bar.TakerQuote += _own.TakerQuote;
        bar.Trades += _prints.Count;
        bar.MarkOffset = checked((int)(_bar.MarkClose - (bar.Close * 100L)));
        return bar;
    }

    // A buyer has just taken the ask, a seller the bid. Thin symbols have a wider spread.
    private void Quote(long ticks, bool isBuy)
    {
        var quotePerMinute = Math.Max(1, _pace * (double)Facts.StepSize * ticks * (double)Facts.TickSize);
        var spread = 1 + (long)Math.Min(ticks * 0.01, ticks * 5.0 / quotePerMinute);
        if (isBuy) (_bid, _ask) = (Math.Max(1, ticks - spread), Math.Max(2, ticks));
        else (_bid, _ask) = (ticks, ticks + spread);
    }

    private void TellBook(long lookMs, MarketFeeds wants, IMarketListener into)
    {
        var book = Book(lookMs);
        if (wants.HasFlag(MarketFeeds.BookTicker) || book.HasOwn) into.OnQuote(_place, book.BackgroundBid, book.BackgroundAsk, lookMs);
        if (book.TryTicker(out var ticker) && wants.HasFlag(MarketFeeds.BookTicker)) into.OnBookTicker(_place, ticker);
        if (book.Flush(_place, lookMs, wants.HasFlag(MarketFeeds.Depth), into)) book.Stir();
    }

    private void TellRunning(long timeMs, IMarketListener into)
    {
        _hasNews = false;
        _runningToldMs = timeMs;
        foreach (var interval in KlineIntervals.All)
        {
            if (TryRunning(interval, timeMs, out var row)) into.OnKline(_place, interval, row, closed: false);
        }
    }

    /// <summary>The candle in progress of any interval; false when there is none or its beginning is not known.</summary>
    public bool TryRunning(KlineInterval interval, long nowMs, out KlineRow row)
    {
        var hasMinute = TryRunning(nowMs, out var minute);
        if (!Ladder.TryOpen(interval, out row))
        {
            if (!hasMinute) return false;
            row = KlineMath.Begin(interval, minute);
        }
        else if (hasMinute)
        {
            row = KlineMath.Join(row, minute);
        }

        return row.OpenMs >= Ladder.CompleteFromMs;
    }

    private void Pay(long timeMs, IMarketListener? into)
    {
        const int Kept = 5_000;
        var payment = new FundingRate(timeMs, Funding.Rate(timeMs), MarkMath.Price(Facts, LastMark));
        if (Payments.Count >= Kept) Payments.RemoveRange(0, Kept / 2);
        Payments.Add(payment);
        into?.OnFunding(_place, payment);
    }

    /// <summary>What accounts traded in the minute in progress.</summary>
    private struct OwnSums
    {
        public long Steps { get; private set; }

        public long TakerSteps { get; private set; }

        public double Quote { get; private set; }

        public double TakerQuote { get; private set; }

        public void Add(long steps, double quote, bool isBuy)
        {
            (Steps, Quote) = (Steps + steps, Quote + quote);
            if (isBuy) (TakerSteps, TakerQuote) = (TakerSteps + steps, TakerQuote + quote);
        }
    }
}
