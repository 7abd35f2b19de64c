namespace FuturesBot.Simulator.Market;

/// <summary>The closed minutes of one symbol, a block per day; the oldest days are dropped when there are too many.</summary>
internal sealed class MinuteHistory(int daysMax)
{
    private const int PerDay = 1440;

    // Open interest is noted every five minutes.
    private const int NotesPerDay = 288;

    private readonly List<Day> _days = [];
    private readonly Dictionary<long, OwnMinute> _own = [];
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
    /// <param name="own">What accounts traded in it; their trades are in <paramref name="bar"/>. Null for nothing.</param>
    public void Add(long minute, in MinuteBar bar, long interest, OwnMinute? own = null)
    {
        if (_days.Count == 0) (_firstDay, First) = (minute / PerDay, minute);
        while (_firstDay + _days.Count <= minute / PerDay) _days.Add(new(_trades, _aggregates));
        while (_days.Count > daysMax)
        {
            _days.RemoveAt(0);
            First = ++_firstDay * PerDay;
            HasDropped = true;
            foreach (var old in _own.Keys.Where(key => key < First).ToArray()) _own.Remove(old);
        }

        if (own is not null) _own.Add(minute, own);

        var day = _days[^1];
        day.Begin();
        day.Bars[minute % PerDay] = bar;
        if ((minute + 1) % 5 == 0) day.Interest[minute % PerDay / 5] = interest;
        _trades += bar.Trades;
        _aggregates += AggregatesOf(minute, bar);
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

    /// <summary>What accounts traded in a kept minute; null for nothing.</summary>
    public OwnMinute? Own(long minute) => _own.Count == 0 ? null : _own.GetValueOrDefault(minute);

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
            aggregates += AggregatesOf(minute - (minute % PerDay) + i, day.Bars[i]);
        }

        return (trades, aggregates);
    }

    /// <summary>The kept minute that holds a trade, by how many trades come before it: the oldest when it is no more, −1 when it is not there yet.</summary>
    public long MinuteOfTrade(long before) => Find(before, static day => day.TradesBefore, static (_, in bar) => bar.Trades);

    /// <summary>The kept minute that holds an aggregate, by how many aggregates come before it: the oldest when it is no more, −1 when it is not there yet.</summary>
    public long MinuteOfAggregate(long before) => Find(before, static day => day.AggregatesBefore, AggregatesOf);

    private delegate int Counting(long minute, in MinuteBar bar);

    private int AggregatesOf(long minute, in MinuteBar bar) =>
        Own(minute) is { } own ? own.Planned.Aggregates + own.Prints.Count : bar.Aggregates;

    private long Find(long before, Func<Day, long> start, Counting count)
    {
        var at = _days.Count - 1;
        while (at >= 0 && start(_days[at]) > before) at--;
        if (at < 0) return _days.Count > 0 ? First : -1;
        var sum = start(_days[at]);
        for (var i = 0; i < PerDay; i++)
        {
            var minute = ((_firstDay + at) * PerDay) + i;
            sum += count(minute, _days[at].Bars[i]);
            if (sum > before) return minute;
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
