using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Relative strength index, 0 to 100: 100·G/(G + L) with Wilder's means G and L of gains and losses.
/// Source: Wilder 1978; spec 2.1. Warm-up n + 1: n changes need n + 1 values. Without any change it rests
/// at 50: neither side is stronger.
/// </summary>
/// <param name="periods">Number of changes n, 1 to 100,000.</param>
public sealed class Rsi(int periods = 14) : IIndicator<double, double>
{
    private readonly int _periods = Require.Periods(periods);
    private WilderMean _gains = new(periods);
    private WilderMean _losses = new(periods);
    private double _previous = double.NaN;

    public int WarmupBars => _periods + 1;

    public double Update(in double input)
    {
        if (!double.IsFinite(input)) return double.NaN;
        var change = input - _previous;
        _previous = input;
        if (double.IsNaN(change)) return double.NaN;
        _gains.Add(double.MaxNative(change, 0));
        _losses.Add(double.MaxNative(-change, 0));
        return _gains.IsFull ? Read(_gains.Value, _losses.Value) : double.NaN;
    }

    public void Carry(StateCarrier carrier)
    {
        _gains.Carry(carrier);
        _losses.Carry(carrier);
        carrier.Carry(ref _previous);
    }

    /// <summary>The index of two smoothed means.</summary>
    internal static double Read(double gains, double losses)
    {
        var both = gains + losses;
        return both > 0 ? 100 * gains / both : 50;
    }
}
