using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Donchian channel: highest high and lowest low of the <b>previous</b> n bars, so that a bar can break
/// it. Source: spec 2.1. Warm-up n + 1: the n bars before and the bar that looks back at them.
/// </summary>
/// <param name="periods">Number of bars n, 1 to 100,000.</param>
public sealed class Donchian(int periods = 20) : IIndicator<Candle, DonchianReading>
{
    private readonly int _periods = Require.Periods(periods);
    private RollingRange _window = new(Require.Periods(periods));

    public int WarmupBars => _periods + 1;

    public DonchianReading Update(in Candle input)
    {
        var before = _window.IsFull
            ? new DonchianReading(_window.High, _window.Low)
            : new DonchianReading(double.NaN, double.NaN);
        _window.Add(input.High, input.Low);
        return before;
    }

    public void Carry(StateCarrier carrier) => _window.Carry(carrier);
}
