using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// Fractal swings (spec 2.5): a high above the <c>wing</c> bars on either side, likewise a low. A swing
/// is known only <c>wing</c> bars after its bar, and only then appears here.
/// </summary>
/// <remarks>Ties: left ≥, right &gt;. So of a plateau only the last bar is a swing.</remarks>
public sealed class SwingDetector : IStateful
{
    private readonly Ring<Extremes> _recent;
    private long _lastIndex = -1;
    private bool _newHigh;
    private bool _newLow;

    /// <param name="wing">Bars on each side: 2 on 15m, 4h and 1d, 3 on 1h.</param>
    /// <param name="keep">How many swings of each kind are kept.</param>
    public SwingDetector(int wing, int keep = 64)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(wing, 1);
        Wing = wing;
        _recent = new((2 * wing) + 1);
        Highs = new(keep);
        Lows = new(keep);
    }

    /// <summary>Bars on each side.</summary>
    public int Wing { get; }

    /// <summary>Confirmed swing highs, the newest at <c>Ago(0)</c>.</summary>
    public Ring<Swing> Highs { get; }

    /// <summary>Confirmed swing lows, the newest at <c>Ago(0)</c>.</summary>
    public Ring<Swing> Lows { get; }

    /// <summary>Number of the newest bar, counted from 0; −1 before the first.</summary>
    public long LastIndex => _lastIndex;

    /// <summary>The last bar confirmed a swing high.</summary>
    public bool NewHigh => _newHigh;

    /// <summary>The last bar confirmed a swing low.</summary>
    public bool NewLow => _newLow;

    /// <summary>Folds the next closed bar in.</summary>
    public void Update(in Candle bar)
    {
        _recent.Add(new(bar.OpenTimeMs, bar.High, bar.Low));
        _lastIndex++;
        _newHigh = false;
        _newLow = false;
        if (_lastIndex < 2 * Wing) return;

        ref readonly var middle = ref _recent.Ago(Wing);
        _newHigh = bar.High < middle.High && IsHigh(middle.High);
        _newLow = bar.Low > middle.Low && IsLow(middle.Low);
        if (_newHigh) Highs.Add(new(_lastIndex - Wing, middle.TimeMs, middle.High, _lastIndex));
        if (_newLow) Lows.Add(new(_lastIndex - Wing, middle.TimeMs, middle.Low, _lastIndex));
    }

    /// <summary>Forgets everything, as after a gap too long to bridge (spec 2.17).</summary>
    public void Restart()
    {
        _recent.Clear();
        Highs.Clear();
        Lows.Clear();
        _lastIndex = -1;
        _newHigh = false;
        _newLow = false;
    }

    public void Carry(StateCarrier carrier)
    {
        _recent.Carry(carrier);
        Highs.Carry(carrier);
        Lows.Carry(carrier);
        carrier.Carry(ref _lastIndex);
        carrier.Carry(ref _newHigh);
        carrier.Carry(ref _newLow);
    }

    private bool IsHigh(double price)
    {
        for (var k = 1; k <= Wing; k++)
        {
            if (_recent.Ago(Wing - k).High >= price || _recent.Ago(Wing + k).High > price) return false;
        }

        return true;
    }

    private bool IsLow(double price)
    {
        for (var k = 1; k <= Wing; k++)
        {
            if (_recent.Ago(Wing - k).Low <= price || _recent.Ago(Wing + k).Low < price) return false;
        }

        return true;
    }

    private readonly record struct Extremes(long TimeMs, double High, double Low);
}
