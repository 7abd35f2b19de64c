namespace FuturesBot.Simulator.Market;

/// <summary>The closed minutes of one symbol, a block per day; the oldest days are dropped when there are too many.</summary>
internal sealed class MinuteHistory(int daysMax)
{
    private const int PerDay = 1440;

    // Open interest is noted every five minutes.
    private const int NotesPerDay = 288;

    private readonly List<Day> _days = [];
    private long _firstDay;
    private long _trades;
    private long _aggregates;

    /// <summary>The oldest minute that may be here, since 1970; <see cref="End"/> when there is none.</summary>
    public long First { get; private set; }

    /// <summary>True once minutes before <see cref="First"/> were there and are no more.</summary>
    public bool HasDropped { get; private set; }

    /// <summary>The minute after the newest.</summary>
    public long End { get; private set; }

    /// <summary>Trades of all minutes so far, the dropped ones included: the id of the next trade minus one.</summary>
    public long Trades => _trades;

    /// <summary>Aggregates of all minutes so far, the dropped ones included.</summary>
    public long Aggregates => _aggregates;

    /// <param name="minute">The next minute, or a later one: those between have no candle.</param>
    /// <param name="bar">Its candle, or nothing.</param>
    /// <param name="interest">Open interest in steps at its end; −1 when it is not known.</param>
    public void Add(long minute, in MinuteBar bar, long interest)
    {
        if (_days.Count == 0) (_firstDay, First) = (minute / PerDay, minute);
        while (_firstDay + _days.Count <= minute / PerDay) _days.Add(new(_trades, _aggregates));
        while (_days.Count > daysMax)
        {
            _days.RemoveAt(0);
            First = ++_firstDay * PerDay;
            HasDropped = true;
        }

        var day = _days[^1];
        day.Begin();
        day.Bars[minute % PerDay] = bar;
        if ((minute + 1) % 5 == 0) day.Interest[minute % PerDay / 5] = interest;
        _trades += bar.Trades;
        _aggregates += bar.Aggregates;
        End = minute + 1;
    }

    /// <summary>The candle of a minute; one that does not exist when it is not kept or was never there.</summary>
    public ref readonly MinuteBar this[long minute]
    {
        get
        {
            if (minute < First || minute >= End) return ref Day.None;
            return ref _days[(int)((minute / PerDay) - _firstDay)].Bars[minute % PerDay];
        }
    }

    /// <summary>Open interest in steps at <paramref name="minuteEnd"/>, a multiple of five minutes; −1 when it is not known.</summary>
    public long InterestAt(long minuteEnd)
    {
        var last = minuteEnd - 1;
        return last < First || last >= End ? -1 : _days[(int)((last / PerDay) - _firstDay)].Interest[last % PerDay / 5];
    }

    /// <summary>Trades and aggregates before a kept minute, or before <see cref="End"/>.</summary>
    public (long Trades, long Aggregates) Before(long minute)
    {
        if (minute >= End) return (_trades, _aggregates);
        var day = _days[(int)((minute / PerDay) - _firstDay)];
        var (trades, aggregates) = (day.TradesBefore, day.AggregatesBefore);
        for (var i = 0; i < minute % PerDay; i++)
        {
            trades += day.Bars[i].Trades;
            aggregates += day.Bars[i].Aggregates;
        }

        return (trades, aggregates);
    }

    /// <summary>The kept minute that holds a trade, by how many trades come before it: the oldest when it is no more, −1 when it is not there yet.</summary>
    public long MinuteOfTrade(long before) => Find(before, static day => day.TradesBefore, static (in bar) => bar.Trades);

    /// <summary>The kept minute that holds an aggregate, by how many aggregates come before it: the oldest when it is no more, −1 when it is not there yet.</summary>
    public long MinuteOfAggregate(long before) => Find(before, static day => day.AggregatesBefore, static (in bar) => bar.Aggregates);

    private delegate int Counting(in MinuteBar bar);

    private long Find(long before, Func<Day, long> start, Counting count)
    {
        var at = _days.Count - 1;
        while (at >= 0 && start(_days[at]) > before) at--;
        if (at < 0) return _days.Count > 0 ? First : -1;
        var sum = start(_days[at]);
        for (var i = 0; i < PerDay; i++)
        {
            sum += count(_days[at].Bars[i]);
            if (sum > before) return ((_firstDay + at) * PerDay) + i;
        }

        return -1;
    }

    private sealed class Day(long tradesBefore, long aggregatesBefore)
    {
        // Days without a single candle, as between the files of a replay, share one block.
        private static readonly MinuteBar[] Nothing = new MinuteBar[PerDay];
        private static readonly long[] NotNoted = [.. Enumerable.Repeat(-1L, NotesPerDay)];

        public static ref readonly MinuteBar None => ref Nothing[0];

        public long TradesBefore => tradesBefore;

        public long AggregatesBefore => aggregatesBefore;

        public MinuteBar[] Bars { get; private set; } = Nothing;

        public long[] Interest { get; private set; } = NotNoted;

        public void Begin()
        {
            if (Bars != Nothing) return;
            Bars = new MinuteBar[PerDay];
            Interest = [.. NotNoted];
        }
    }
}
