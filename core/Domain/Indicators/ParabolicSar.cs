using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Parabolic SAR: the stop moves by a·(extreme − stop) each bar, never into the last two bars; a starts at
/// step, grows by it with each new extreme, up to max; a bar that passes the stop turns the direction, and
/// the stop starts at the old extreme. Source: Wilder 1978 (0.02, 0.2). Warm-up 2: the first direction is
/// a guess from the first two closes, and the stop means little before the first reversal.
/// </summary>
/// <param name="step">First acceleration and its growth, above 0 to 1.</param>
/// <param name="max">Largest acceleration, above 0 to 1.</param>
public sealed class ParabolicSar(double step = 0.02, double max = 0.2)
    : IIndicator<Candle, ParabolicSarReading>
{
    private readonly double _step = Require.Positive(step, max: 1);
    private readonly double _max = Require.Positive(max, max: 1);
    private Candle _last;
    private Candle _beforeLast;
    private long _bars;
    private double _stop;
    private double _extreme;
    private double _acceleration;
    private bool _isUp;

    public int WarmupBars => 2;

    public ParabolicSarReading Update(in Candle input)
    {
        if (_bars == 1) Guess(input);
        var reading = _bars == 0 ? new(double.NaN, false, false) : _isUp ? Rise(input) : Fall(input);
        (_beforeLast, _last) = (_bars == 0 ? input : _last, input);
        _bars++;
        return reading;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(ref _last);
        carrier.Carry(ref _beforeLast);
        carrier.Carry(ref _bars);
        carrier.Carry(ref _stop);
        carrier.Carry(ref _extreme);
        carrier.Carry(ref _acceleration);
        carrier.Carry(ref _isUp);
    }

    private void Guess(in Candle second)
    {
        _isUp = second.Close >= _last.Close;
        (_stop, _extreme) = _isUp ? (_last.Low, _last.High) : (_last.High, _last.Low);
        _acceleration = _step;
    }

    private ParabolicSarReading Rise(in Candle bar)
    {
        _stop += _acceleration * (_extreme - _stop);
        if (_bars > 1) _stop = Math.Min(_stop, Math.Min(_last.Low, _beforeLast.Low));
        if (bar.Low < _stop) return Turn(bar.Low);
        if (bar.High > _extreme) Extend(bar.High);
        return new(_stop, true, false);
    }

    private ParabolicSarReading Fall(in Candle bar)
    {
        _stop += _acceleration * (_extreme - _stop);
        if (_bars > 1) _stop = Math.Max(_stop, Math.Max(_last.High, _beforeLast.High));
        if (bar.High > _stop) return Turn(bar.High);
        if (bar.Low < _extreme) Extend(bar.Low);
        return new(_stop, false, false);
    }

    private void Extend(double extreme)
    {
        _extreme = extreme;
        _acceleration = Math.Min(_acceleration + _step, _max);
    }

    private ParabolicSarReading Turn(double extreme)
    {
        (_stop, _extreme, _acceleration, _isUp) = (_extreme, extreme, _step, !_isUp);
        return new(_stop, _isUp, true);
    }
}
