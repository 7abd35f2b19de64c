using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// VWAP of the bars whose open time is at or after an anchor, with σ. Source: spec 2.3. Warm-up 1 from the
/// anchor on; bars before it give NaN. An anchor becomes known only some bars after its bar: call
/// <see cref="Restart"/>, then give the past bars from the anchor on once more.
/// </summary>
/// <param name="anchorOpenTimeMs">Open time of the anchor bar (UTC, Unix milliseconds).</param>
public sealed class AnchoredVwap(long anchorOpenTimeMs) : IIndicator<Candle, VwapReading>
{
    private VwapSums _sums;
    private long _anchorMs = anchorOpenTimeMs;

    public int WarmupBars => 1;

    /// <summary>Open time of the anchor bar (UTC, Unix milliseconds).</summary>
    public long AnchorOpenTimeMs => _anchorMs;

    /// <summary>VWAP after the last bar.</summary>
    public VwapReading Current => _sums.Read();

    /// <summary>Forgets every bar and starts from another anchor.</summary>
    public void Restart(long anchorOpenTimeMs)
    {
        _sums.Clear();
        _anchorMs = anchorOpenTimeMs;
    }

    public VwapReading Update(in Candle input)
    {
        if (input.OpenTimeMs >= _anchorMs) _sums.Add(input);
        return _sums.Read();
    }

    public void Carry(StateCarrier carrier)
    {
        _sums.Carry(carrier);
        carrier.Carry(ref _anchorMs);
    }
}
