using System.Runtime.InteropServices;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// Support and resistance zones of one symbol from the swings of its closed 1h, 4h and 1d candles (spec 2.5).
/// </summary>
/// <remarks>
/// A zone lives on the bars of the highest frame that made a swing in it: they touch it, break it and
/// measure the way from it. Zones of two frames merge by the finer ATR, so that a daily zone
/// does not swallow the hourly ones around it. Everything is folded in bar by bar: a zone appears
/// when its swing is confirmed and never changes backwards.
/// </remarks>
public sealed class ZoneBook : IStateful
{
    /// <summary>More zones than this are not kept; the weakest goes first.</summary>
    public const int ZonesMax = 192;

    // Most symbols have some dozens of the many that are allowed, 116 bytes each.
    private const int ZonesStep = 48;

    private readonly ZoneOptions _options;
    private readonly ZoneSource _hour = new(TimeFrame.H1, wing: 3);
    private readonly ZoneSource _fourHours = new(TimeFrame.H4, wing: 2);
    private readonly ZoneSource _day = new(TimeFrame.D1, wing: 2);
    private readonly List<ZoneState> _zones = new(ZonesStep);   // ascending centres
    private readonly Zone[] _supports;
    private readonly Zone[] _resistances;
    private Zone[]? _all;   // for charts and pictures: most symbols' is never asked for
    private int _supportCount;
    private int _resistanceCount;
    private bool _isRead;
    private double _close = double.NaN;
    private double _atrDay = double.NaN;
    private long _dayNumber = long.MinValue;

    public ZoneBook(ZoneOptions? options = null)
    {
        _options = options ?? ZoneOptions.Default;
        _supports = new Zone[_options.NearestPerSide];
        _resistances = new Zone[_options.NearestPerSide];
    }

    /// <summary>Every unbroken zone, from the lowest price up. Valid until the next update; the first one asked for allocates.</summary>
    public ReadOnlySpan<Zone> All
    {
        get
        {
            _all ??= new Zone[ZonesMax];
            var count = 0;
            foreach (ref readonly var zone in CollectionsMarshal.AsSpan(_zones))
            {
                if (zone.IsBroken == 0) _all[count++] = zone.Read(_options.ImpulseMaxAtr);
            }

            return _all.AsSpan(0, count);
        }
    }

    /// <summary>
    /// The nearest supports at the last 1h close, the nearest first; none while the daily ATR is unavailable.
    /// </summary>
    public ReadOnlySpan<Zone> Supports
    {
        get
        {
            Read();
            return _supports.AsSpan(0, _supportCount);
        }
    }

    /// <summary>The nearest resistances, likewise.</summary>
    public ReadOnlySpan<Zone> Resistances
    {
        get
        {
            Read();
            return _resistances.AsSpan(0, _resistanceCount);
        }
    }

    /// <summary>ATR14 of the daily candles; NaN while warming up.</summary>
    public double AtrDay => _atrDay;

    /// <summary>
    /// The first of the kept zones (supports and resistances) that is met on the way from one
    /// price to another, both included.
    /// </summary>
    public bool TryFind(double from, double to, out Zone zone)
    {
        var found = false;
        zone = default;
        foreach (ref readonly var candidate in Supports) Meet(candidate, ref zone, ref found);
        foreach (ref readonly var candidate in Resistances) Meet(candidate, ref zone, ref found);
        return found;

        void Meet(in Zone candidate, ref Zone nearest, ref bool any)
        {
            if (!candidate.Overlaps(Math.Min(from, to), Math.Max(from, to))) return;
            if (any && Way(candidate) >= Way(nearest)) return;
            nearest = candidate;
            any = true;
        }

        double Way(in Zone met) =>
            Math.Max(0, to >= from ? met.Low - from : from - met.High);
    }

    /// <summary>Folds the next closed candle in; of those that close together the longest first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The frame is none of 1h, 4h and 1d.</exception>
    public void Update(TimeFrame frame, in Candle bar)
    {
        var source = frame switch
        {
            TimeFrame.H1 => _hour,
            TimeFrame.H4 => _fourHours,
            TimeFrame.D1 => _day,
            _ => throw new ArgumentOutOfRangeException(nameof(frame), frame, "Frame was not 1h, 4h or 1d"),
        };
        _isRead = false;
        source.Update(bar);
        Age(bar.CloseTimeMs(frame));
        Live(source, bar);
        if (frame == TimeFrame.H1) _close = bar.Close;
        if (frame == TimeFrame.D1) _atrDay = source.Atr;
        if (!(source.Atr > 0)) return;
        if (source.Swings.NewHigh) Add(source, source.Swings.Highs.Ago(0), ZoneRole.Resistance, bar);
        if (source.Swings.NewLow) Add(source, source.Swings.Lows.Ago(0), ZoneRole.Support, bar);
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(ZoneBook), 2);
        _hour.Carry(carrier);
        _fourHours.Carry(carrier);
        _day.Carry(carrier);
        carrier.Carry(_zones);
        carrier.Carry(ref _close);
        carrier.Carry(ref _atrDay);
        carrier.Carry(ref _dayNumber);
        _isRead = false;
    }

    /// <summary>Strength halves every 30 days, in steps of whole UTC days.</summary>
    private void Age(long closeMs)
    {
        var dayNumber = TimeFrame.D1.OpenOf(closeMs) / TimeFrame.D1.Ms();
        if (dayNumber <= _dayNumber) return;
        var left = HalfLife.After(_dayNumber == long.MinValue ? 0 : dayNumber - _dayNumber);
        foreach (ref var zone in CollectionsMarshal.AsSpan(_zones)) zone.Settled *= left;
        _dayNumber = dayNumber;
    }

    /// <summary>Lets the zones of the bar's frame be touched, broken and held; drops the old ones.</summary>
    private void Live(ZoneSource source, in Candle bar)
    {
        var keepMs = source.Frame == TimeFrame.H1
            ? _options.HourBars * TimeFrame.H1.Ms()
            : _options.Days * TimeFrame.D1.Ms();
        var zones = CollectionsMarshal.AsSpan(_zones);
        var kept = 0;
        for (var i = 0; i < zones.Length; i++)
        {
            ref var zone = ref zones[i];
            if (zone.Source == source.Frame)
            {
                if (bar.OpenTimeMs - zone.SwingMs > keepMs) continue;
                if (zone.IsBroken == 0) Touch(ref zone, bar, source);
                if (zone.IsBroken == 0) Break(ref zone, bar.Close);
                else Hold(ref zone, bar.Close);
            }

            if (kept != i) zones[kept] = zone;
            kept++;
        }

        if (kept < zones.Length) _zones.RemoveRange(kept, zones.Length - kept);
    }

    private void Touch(ref ZoneState zone, in Candle bar, ZoneSource source)
    {
        var since = source.Swings.LastIndex - zone.TouchIndex;
        if (zone.OpenAtr > 0)
        {
            if (since <= _options.TouchBars)
                zone.OpenWay = Math.Max(zone.OpenWay, Way(zone, bar.High, bar.Low));
            if (since >= _options.TouchBars) zone.Settle(_options.ImpulseMaxAtr);
        }

        var isMet = bar.Low <= zone.High && bar.High >= zone.Low;
        if (since < _options.TouchBars || !isMet || !(source.Atr > 0)) return;
        zone.TouchIndex = source.Swings.LastIndex;
        zone.OpenAtr = source.Atr;
        zone.OpenWay = 0;   // the way is measured over the bars after the touch
        zone.Touches++;
    }

    private void Break(ref ZoneState zone, double close)
    {
        var isBeyond = zone.Role == ZoneRole.Support ? close < zone.Low : close > zone.High;
        zone.Beyond = isBeyond ? zone.Beyond + 1 : 0;
        if (zone.Beyond < _options.BreakCloses) return;
        zone.Settle(_options.ImpulseMaxAtr);
        zone.IsBroken = 1;
        zone.Hold = 0;
    }

    private void Hold(ref ZoneState zone, double close)
    {
        if (close > zone.High) zone.Hold = Math.Max(zone.Hold, 0) + 1;
        else if (close < zone.Low) zone.Hold = Math.Min(zone.Hold, 0) - 1;
        else zone.Hold = 0;
        if (Math.Abs(zone.Hold) < _options.HoldCloses) return;
        var role = zone.Hold > 0 ? ZoneRole.Support : ZoneRole.Resistance;
        if (role != zone.Role) zone.Flips++;
        zone.Role = role;
        zone.IsBroken = 0;
        zone.Beyond = 0;
    }

    private void Add(ZoneSource source, in Swing swing, ZoneRole role, in Candle bar)
    {
        var half = Math.Max(_options.HalfWidthAtr * source.Atr, _options.HalfWidthShare * swing.Price);
        var zone = new ZoneState
        {
            Low = swing.Price - half,
            High = swing.Price + half,
            Centre = swing.Price,
            BaseWidth = 2 * half,
            Atr = source.Atr,
            OpenAtr = source.Atr,
            BornMs = bar.CloseTimeMs(source.Frame),
            SwingMs = swing.TimeMs,
            TouchIndex = swing.BarIndex,
            Touches = 1,
            Role = role,
            Source = source.Frame,
        };
        for (var ago = 0; ago < source.Swings.Wing; ago++)
        {
            var (high, low) = source.Ago(ago);
            zone.OpenWay = Math.Max(zone.OpenWay, Way(zone, high, low));
        }

        Insert(zone);
        if (_zones.Count > ZonesMax) DropWeakest();
    }

    /// <summary>Puts the zone in its place; while a neighbour is too close, the two become one.</summary>
    private void Insert(ZoneState zone)
    {
        var at = PlaceOf(zone.Centre);
        while (true)
        {
            var below = at > 0 ? zone.Centre - _zones[at - 1].Centre : double.PositiveInfinity;
            var above = at < _zones.Count ? _zones[at].Centre - zone.Centre : double.PositiveInfinity;
            var other = below <= above ? at - 1 : at;
            if (other < 0 || other >= _zones.Count || !IsTooClose(zone, _zones[other]))
            {
                // The nearer one may have the finer ATR: the farther one is asked as well.
                other = below <= above ? at : at - 1;
                if (other < 0 || other >= _zones.Count || !IsTooClose(zone, _zones[other])) break;
            }

            zone = Merge(_zones[other], zone);
            _zones.RemoveAt(other);
            at = PlaceOf(zone.Centre);
        }

        if (_zones.Count == _zones.Capacity) _zones.Capacity = Math.Min(_zones.Count + ZonesStep, ZonesMax + 1);
        _zones.Insert(at, zone);
    }

    /// <summary>A broken zone of a longer frame is passed over: a shorter swing cannot mend it.</summary>
    private bool IsTooClose(in ZoneState zone, in ZoneState other) =>
        Math.Abs(zone.Centre - other.Centre) < _options.MergeAtr * Math.Min(zone.Atr, other.Atr)
        && (other.IsBroken == 0 || other.Source <= zone.Source);

    private int PlaceOf(double centre)
    {
        var (from, to) = (0, _zones.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (_zones[middle].Centre < centre) from = middle + 1;
            else to = middle;
        }

        return from;
    }

    /// <summary>One zone out of two: it goes on as that of the longer frame, else as the newer.</summary>
    private ZoneState Merge(ZoneState older, ZoneState newer)
    {
        var max = _options.ImpulseMaxAtr;
        var weight = older.Strength(max) + newer.Strength(max);
        var share = weight > 0 ? newer.Strength(max) / weight : 0.5;
        var isSameTouch = older.Source == newer.Source
            && Math.Abs(newer.TouchIndex - older.TouchIndex) < _options.TouchBars;
        var isOlderKept = older.Source > newer.Source
            || (older.Source == newer.Source && older.TouchIndex > newer.TouchIndex);
        var (merged, other) = isOlderKept ? (older, newer) : (newer, older);
        if (isSameTouch) JoinTouch(ref merged, ref other);
        other.Settle(max);
        merged.Settled += other.Settled;
        merged.Touches = older.Touches + newer.Touches - (isSameTouch ? 1 : 0);
        merged.Centre = older.Centre + (share * (newer.Centre - older.Centre));
        merged.BaseWidth = Math.Max(older.BaseWidth, newer.BaseWidth);
        var half = _options.WidthMax * merged.BaseWidth / 2;
        merged.Low = Math.Max(Math.Min(older.Low, newer.Low), merged.Centre - half);
        merged.High = Math.Min(Math.Max(older.High, newer.High), merged.Centre + half);
        merged.BornMs = Math.Min(older.BornMs, newer.BornMs);
        merged.SwingMs = Math.Max(older.SwingMs, newer.SwingMs);
        if (older.Source != newer.Source) return merged;

        // Of one frame the newer swing decides what the zone is now; it also mends a broken one.
        merged.Role = newer.SwingMs >= older.SwingMs ? newer.Role : older.Role;
        merged.Flips = Math.Max(older.Flips, newer.Flips) + (older.Role == newer.Role ? 0 : 1);
        merged.IsBroken = 0;
        merged.Beyond = 0;
        return merged;
    }

    /// <summary>A swing within the bars of a touch is that touch: it counts once.</summary>
    private static void JoinTouch(ref ZoneState merged, ref ZoneState other)
    {
        var isRunning = merged.OpenAtr > 0 && other.OpenAtr > 0;
        merged.OpenWay = isRunning ? Math.Max(merged.OpenWay, other.OpenWay) : 0;
        merged.OpenAtr = isRunning ? merged.OpenAtr : 0;   // else one of them was counted already
        other.OpenAtr = 0;
    }

    private static double Way(in ZoneState zone, double high, double low) =>
        Math.Max(0, zone.Role == ZoneRole.Support ? high - zone.Centre : zone.Centre - low);

    private void DropWeakest()
    {
        var weakest = 0;
        for (var i = 1; i < _zones.Count; i++)
        {
            if (_zones[i].Strength(_options.ImpulseMaxAtr) < _zones[weakest].Strength(_options.ImpulseMaxAtr))
                weakest = i;
        }

        _zones.RemoveAt(weakest);
    }

    private void Read()
    {
        if (_isRead) return;
        _isRead = true;
        (_supportCount, _resistanceCount) = (0, 0);
        var reach = _options.ReachAtrDay * _atrDay;   // NaN: nothing is within reach
        foreach (ref readonly var state in CollectionsMarshal.AsSpan(_zones))
        {
            if (state.IsBroken != 0) continue;
            var zone = state.Read(_options.ImpulseMaxAtr);
            if (!(Math.Abs(zone.Centre - _close) <= reach)) continue;
            if (zone.Role == ZoneRole.Support && zone.Low < _close)
                Keep(zone, _supports, ref _supportCount);
            else if (zone.Role == ZoneRole.Resistance && zone.High > _close)
                Keep(zone, _resistances, ref _resistanceCount);
        }
    }

    /// <summary>Keeps the nearest, ordered by the distance of their centres.</summary>
    private void Keep(in Zone zone, Zone[] nearest, ref int count)
    {
        var distance = Math.Abs(zone.Centre - _close);
        var at = count;
        while (at > 0 && distance < Math.Abs(nearest[at - 1].Centre - _close)) at--;
        if (at == nearest.Length) return;
        if (count < nearest.Length) count++;
        for (var i = count - 1; i > at; i--) nearest[i] = nearest[i - 1];
        nearest[at] = zone;
    }
}
