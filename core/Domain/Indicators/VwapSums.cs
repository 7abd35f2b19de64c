using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// The sums behind every VWAP (spec 2.3): tp = (H + L + C)/3; VWAP = Σtp·v/Σv; σ² = Σtp²·v/Σv − VWAP², at
/// least 0. They are taken over the distances to the first tp, which changes nothing in the result
/// but keeps the digits that Σtp²·v/Σv − VWAP² would cancel away.
/// </summary>
internal struct VwapSums
{
    private double _origin;
    private double _volume;
    private double _first;
    private double _second;

    public void Clear() => (_origin, _volume, _first, _second) = (0, 0, 0, 0);

    public void Add(in Candle bar)
    {
        if (_volume == 0) _origin = bar.Typical;
        var distance = bar.Typical - _origin;
        var weighted = distance * bar.Volume;
        _volume += bar.Volume;
        _first += weighted;
        _second = Math.FusedMultiplyAdd(distance, weighted, _second);
    }

    public readonly VwapReading Read()
    {
        if (!(_volume > 0)) return VwapReading.Unavailable;
        var mean = _first / _volume;
        return new(_origin + mean, Math.Sqrt(Math.Max(0, (_second / _volume) - (mean * mean))));
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(ref _origin);
        carrier.Carry(ref _volume);
        carrier.Carry(ref _first);
        carrier.Carry(ref _second);
    }
}
