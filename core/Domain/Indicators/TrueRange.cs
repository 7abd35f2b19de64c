using System.Runtime.CompilerServices;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// True range: max(H − L, |H − C₋₁|, |L − C₋₁|), in price units. Source: Wilder 1978; spec 2.1.
/// Warm-up 2: the first bar has no close before it, and its plain range would be another quantity.
/// </summary>
public sealed class TrueRange : IIndicator<Candle, double>
{
    private double _previousClose = double.NaN;

    public int WarmupBars => 2;

    /// <summary>True range of <paramref name="bar"/> after a close.</summary>
    /// <param name="bar">The bar.</param>
    /// <param name="previousClose">Close of the bar before; must be a number.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(in Candle bar, double previousClose) =>
        double.MaxNative(bar.High, previousClose) - double.MinNative(bar.Low, previousClose);

    public double Update(in Candle input)
    {
        var previous = _previousClose;
        _previousClose = input.Close;
        return double.IsNaN(previous) ? double.NaN : Of(input, previous);
    }

    public void Carry(StateCarrier carrier) => carrier.Carry(ref _previousClose);
}
