using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Accumulation/distribution line in base units: the running sum of volume · ((C − L) − (H − C))/(H − L).
/// Its level depends on where the data begins; compare changes only. A bar without range adds nothing.
/// Source: Chaikin. Warm-up 1.
/// </summary>
public sealed class Adl : IIndicator<Candle, double>
{
    private double _sum;

    public int WarmupBars => 1;

    /// <summary>Volume weighted with the place of the close in the bar, −1 (low) to 1 (high).</summary>
    public static double MoneyFlow(in Candle bar) =>
        bar.High > bar.Low ? (bar.Close - bar.Low - (bar.High - bar.Close)) / bar.Range * bar.Volume : 0;

    public double Update(in Candle input) => _sum += MoneyFlow(input);

    public void Carry(StateCarrier carrier) => carrier.Carry(ref _sum);
}
