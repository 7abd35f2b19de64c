using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// Volume by price over a rolling window or a trading session (spec 2.6). A candle's volume lies evenly over [low, high];
/// bins are multiples of a width that is fixed for each UTC day, so the profile rolls without jumping.
/// </summary>
/// <remarks>
/// The bins hold whole multiples of a power of two, so adding and removing are exact: the profile is a
/// function of the candles in the window and does not drift.
/// </remarks>
public sealed class RollingVolumeProfile : IStateful
{
    /// <summary>More bins than this are merged in pairs.</summary>
    public const int BinsMax = 200;

    /// <summary>Fewer bins than this say nothing.</summary>
    public const int BinsMin = 10;

    private const int Slots = 256;   // a power of two above BinsMax
    private const int SlotMask = Slots - 1;
    private const int ReadingsKept = 32;

    // Sums of quanta are exact below 2^53; two bits of margin are for the roundings of a candle's shares.
    private const double QuantaMax = 1L << 51;

    private readonly ProfileOptions _options;
    private readonly TradingSession[] _sessions = [.. TradingSession.Defaults];
    private readonly double _tick;
    private readonly long _windowMs;
    private readonly Ring<Slice> _window;
    private readonly Ring<ProfileReading> _readings = new(ReadingsKept);

    // Every slot is written twice, Slots apart: any run of up to Slots bins is one contiguous span.
    private readonly double[] _bins = new double[2 * Slots];

    private int _held;               // newest slices of the ring that are in the window
    private long _firstMs = long.MinValue;
    private long _startMs = long.MinValue;   // of the session whose candles are held; MinValue: none is on
    private long _dayMs = long.MinValue;
    private long _dayWidth = 1;      // ticks
    private long _merge = 1;         // power of two
    private double _quantum;         // power of two; 0 until there is volume
    private double _total;
    private long _lowTick;
    private long _highTick;
    private long _firstBin;
    private long _lastBin;
    private double _lastClose = double.NaN;

    /// <param name="tick">The symbol's price step.</param>
    /// <param name="options">Null: <see cref="ProfileOptions.Default"/>.</param>
    public RollingVolumeProfile(double tick, ProfileOptions? options = null)
    {
        if (!(tick > 0)) throw new ArgumentOutOfRangeException(nameof(tick), tick, "Tick was not positive");
        _options = options ?? ProfileOptions.Default;
        _tick = tick;
        _windowMs = _options.Window == ProfileWindow.Session ? TimeFrame.D1.Ms() : _options.WindowHours * TimeFrame.H1.Ms();
        _window = new((int)(_windowMs / _options.Input.Ms()));
    }

    /// <summary>The newest reading; unavailable before the first.</summary>
    public ProfileReading Current => Ago(0);

    /// <summary>The reading so many readings before the newest; unavailable when it is not kept.</summary>
    public ProfileReading Ago(int ago) =>
        ago < _readings.Count ? _readings.Ago(ago) : ProfileReading.Unavailable(double.NaN, 0, 0);

    /// <summary>
    /// POC migration: the way of the POC over the last <paramref name="readings"/> readings as a part of
    /// the value area's height now; NaN when unavailable.
    /// </summary>
    public double Migration(int readings = 4)
    {
        var now = Ago(0);
        return (now.Poc - Ago(readings).Poc) / (now.Vah - now.Val);
    }

    /// <summary>Folds the next closed candle of the input frame in.</summary>
    public void Update(in Candle bar)
    {
        if (_firstMs == long.MinValue) _firstMs = bar.OpenTimeMs;
        var dayMs = TimeFrame.D1.OpenOf(bar.OpenTimeMs);
        var refill = dayMs != _dayMs;
        if (refill)
        {
            _dayMs = dayMs;
            var price = double.IsNaN(_lastClose) ? bar.Open : _lastClose;
            var ticks = Math.Round(_options.BinShare * price / _tick, MidpointRounding.AwayFromZero);
            _dayWidth = Math.Max(1, (long)ticks);
        }

        _lastClose = bar.Close;
        var slice = new Slice(bar.OpenTimeMs, ToTicks(bar.Low), ToTicks(bar.High), bar.Volume);
        var isReshaped = Drop(LeftAt(bar.OpenTimeMs), remove: !refill);
        _window.Add(slice);
        _held++;
        if (isReshaped || _held == 1) Stretch();
        else isReshaped = Stretch(slice);

        if (isReshaped || refill || _held == 1) refill |= Frame();
        if (refill || _total + slice.Volume > QuantaMax * _quantum) Refill();
        else Put(slice, 1);
        if ((bar.OpenTimeMs + _options.Input.Ms()) % _options.Reading.Ms() == 0) _readings.Add(Read(bar));
    }

    /// <summary>High- and low-volume nodes, from the lowest price up. For charts: it allocates.</summary>
    public IReadOnlyList<VolumeNode> Nodes()
    {
        if (_held == 0) return [];
        var bins = Bins(out var first);
        var sorted = bins.ToArray();
        Array.Sort(sorted);
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        var nodes = new List<VolumeNode>();
        for (var i = 1; i < bins.Length - 1; i++)
        {
            var (before, here, after) = (bins[i - 1], bins[i], bins[i + 1]);
            if (here > before && here >= after && here >= 1.5 * median)
                nodes.Add(new(VolumeNodeKind.High, Centre(first + i), here));
            else if (here < before && here <= after && here <= 0.5 * median)
                nodes.Add(new(VolumeNodeKind.Low, Centre(first + i), here));
        }

        return nodes;
    }

    /// <summary>Forgets everything, as after a gap too long to bridge (spec 2.17).</summary>
    public void Restart()
    {
        _window.Clear();
        _readings.Clear();
        Array.Clear(_bins);
        _held = 0;
        _startMs = long.MinValue;
        _firstMs = long.MinValue;
        _dayMs = long.MinValue;
        _merge = 1;
        _quantum = 0;
        _total = 0;
        _lastClose = double.NaN;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(RollingVolumeProfile), 2);
        _window.Carry(carrier);
        _readings.Carry(carrier);
        carrier.Carry(ref _held);
        carrier.Carry(ref _firstMs);
        carrier.Carry(ref _startMs);
        carrier.Carry(ref _dayMs);
        carrier.Carry(ref _dayWidth);
        carrier.Carry(ref _merge);
        carrier.Carry(ref _quantum);
        carrier.Carry(ref _lastClose);
        if (_held == 0) return;
        Stretch();
        Frame();
        Fill();   // exact, so the bins need not travel: saving changes nothing, restoring makes them
    }

    /// <summary>Open time of the oldest candle held; null when there is none.</summary>
    public long? FromMs => _held == 0 ? null : _window.Ago(_held - 1).TimeMs;

    /// <summary>The bins from the lowest price up. For charts: it allocates.</summary>
    public IReadOnlyList<ProfileBin> Histogram()
    {
        if (_held == 0) return [];
        var bins = Bins(out var first);
        var histogram = new ProfileBin[bins.Length];
        for (var i = 0; i < bins.Length; i++)
            histogram[i] = new((first + i) * Width * _tick, (first + i + 1) * Width * _tick, bins[i]);
        return histogram;
    }

    private long Width => _dayWidth * _merge;

    private long ToTicks(double price) => (long)Math.Round(price / _tick);

    /// <summary>What opened at or before this moment has left the window when the next candle enters.</summary>
    private long LeftAt(long openMs)
    {
        if (_options.Window == ProfileWindow.Rolling) return openMs - _windowMs;
        var startMs = long.MinValue;
        foreach (var session in _sessions) startMs = Math.Max(startMs, session.StartOf(openMs) ?? long.MinValue);
        if (startMs != _startMs) _readings.Clear();   // the way of the POC from one session's profile to another's is none
        _startMs = startMs;
        return (startMs == long.MinValue ? openMs : startMs) - 1;
    }

    /// <summary>The window's first candle is known: what it holds is not a part of it.</summary>
    private bool IsFull(in Candle bar) => _options.Window == ProfileWindow.Rolling
        ? bar.OpenTimeMs + _options.Input.Ms() - _firstMs >= _windowMs
        : _startMs != long.MinValue && _firstMs <= _startMs;

    /// <summary>Takes out what opened at or before the moment; true when an extreme left.</summary>
    private bool Drop(long untilMs, bool remove)
    {
        var extreme = false;
        while (_held > 0)
        {
            ref readonly var oldest = ref _window.Ago(_held - 1);
            if (oldest.TimeMs > untilMs) break;
            if (remove) Put(oldest, -1);
            extreme |= oldest.Low == _lowTick || oldest.High == _highTick;
            _held--;
        }

        return extreme;
    }

    /// <summary>Widens the window's range to the slice; true when it did.</summary>
    private bool Stretch(in Slice slice)
    {
        if (slice.Low >= _lowTick && slice.High <= _highTick) return false;
        _lowTick = Math.Min(_lowTick, slice.Low);
        _highTick = Math.Max(_highTick, slice.High);
        return true;
    }

    private void Stretch()
    {
        (_lowTick, _highTick) = (long.MaxValue, long.MinValue);
        for (var ago = 0; ago < _held; ago++) Stretch(_window.Ago(ago));
    }

    /// <summary>
    /// Merges bins by the smallest power of two that brings the range into <see cref="BinsMax"/> of them;
    /// true when that is another one than before.
    /// </summary>
    private bool Frame()
    {
        var before = _merge;
        for (_merge = 1; ; _merge *= 2)
        {
            _firstBin = _lowTick / Width;
            _lastBin = _highTick / Width;
            if (_lastBin - _firstBin < BinsMax) return _merge != before;
        }
    }

    private void Refill()
    {
        var volume = 0.0;
        for (var ago = 0; ago < _held; ago++) volume += _window.Ago(ago).Volume;

        // 2^44 quanta now: far finer than any candle's share, and 2^7 times as much may still come.
        _quantum = volume > 0 ? Math.ScaleB(1, Math.ILogB(volume) - 43) : 0;
        Fill();
    }

    private void Fill()
    {
        Array.Clear(_bins);
        _total = 0;
        for (var ago = _held - 1; ago >= 0; ago--) Put(_window.Ago(ago), 1);
    }

    /// <summary>Adds (+1) or removes (−1) a candle's volume: exactly the same amounts both ways.</summary>
    private void Put(in Slice slice, int sign)
    {
        if (_quantum == 0) return;   // nothing but zero volume so far
        var width = Width;
        var (low, high) = (slice.Low, slice.High);
        var first = low / width;
        var last = high > low ? (high - 1) / width : first;
        if (first == last)
        {
            Put(first, sign * Whole(slice.Volume));
            return;
        }

        var perTick = slice.Volume / (high - low);
        Put(first, sign * Whole(perTick * (((first + 1) * width) - low)));
        var each = sign * Whole(perTick * width);
        for (var bin = first + 1; bin < last; bin++) Put(bin, each);
        Put(last, sign * Whole(perTick * (high - (last * width))));
    }

    private void Put(long bin, double volume)
    {
        var slot = (int)(bin & SlotMask);
        var sum = _bins[slot] + volume;
        _bins[slot] = sum;
        _bins[slot + Slots] = sum;
        _total += volume;
    }

    // Both factors are powers of two: nothing but the rounding rounds.
    private double Whole(double volume) => Math.Round(volume * (1 / _quantum)) * _quantum;

    private ReadOnlySpan<double> Bins(out long first)
    {
        first = _firstBin;
        var bins = _bins.AsSpan((int)(first & SlotMask), (int)(_lastBin - first + 1));

        // A high exactly on a boundary opens a bin that holds nothing, unless a flat candle lies there.
        return bins.Length > 1 && bins[^1] == 0 && _lastBin * Width == _highTick ? bins[..^1] : bins;
    }

    private ProfileReading Read(in Candle bar)
    {
        var bins = Bins(out var first);
        var width = Width * _tick;
        if (!IsFull(bar) || bins.Length < BinsMin || !(_total > 0))
            return ProfileReading.Unavailable(width, _total, bins.Length);

        var area = ValueArea.Of(bins, _total, _options.Rule);
        return new(
            Centre(first + area.Poc),
            (first + area.Low) * Width * _tick,
            (first + area.High + 1) * Width * _tick,
            width,
            _total,
            bins.Length);
    }

    private double Centre(long bin) => (bin + 0.5) * Width * _tick;

    /// <param name="TimeMs">Open time.</param>
    /// <param name="Low">Low in ticks.</param>
    /// <param name="High">High in ticks.</param>
    /// <param name="Volume">Base units.</param>
    private readonly record struct Slice(long TimeMs, long Low, long High, double Volume);
}
