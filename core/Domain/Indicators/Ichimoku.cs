using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// Ichimoku: Tenkan, Kijun and Senkou B are the middles of the ranges of n, m and k bars, Senkou A the mean
/// of Tenkan and Kijun; the cloud is drawn d bars ahead. Nothing looks into the future: the cloud at a bar is
/// what was computed d bars before. Source: Hosoda 1968 (9, 26, 52, 26). Warm-up max(m, k) + d, when the
/// cloud reaches its own bar.
/// </summary>
/// <param name="tenkan">Bars n, 1 to 100,000.</param>
/// <param name="kijun">Bars m, above <paramref name="tenkan"/> to 100,000.</param>
/// <param name="senkouB">Bars k, above <paramref name="kijun"/> to 100,000.</param>
/// <param name="displacement">Bars d, 1 to 100,000.</param>
public sealed class Ichimoku(int tenkan = 9, int kijun = 26, int senkouB = 52, int displacement = 26)
    : IIndicator<Candle, IchimokuReading>
{
    private readonly int _slowest = Require.Periods(senkouB, min: kijun + 1);
    private readonly int _displacement = Require.Periods(displacement);
    private readonly Ring<double> _leadingA = new(Require.Periods(displacement) + 1);
    private readonly Ring<double> _leadingB = new(Require.Periods(displacement) + 1);
    private readonly Ring<double> _closes = new(Require.Periods(displacement) + 1);
    private RollingRange _short = new(Require.Periods(tenkan));
    private RollingRange _medium = new(Require.Periods(kijun, min: tenkan + 1));
    private RollingRange _long = new(Require.Periods(senkouB, min: kijun + 1));

    public int WarmupBars => _slowest + _displacement;

    public IchimokuReading Update(in Candle input)
    {
        var conversion = MiddleWith(ref _short, input);
        var baseLine = MiddleWith(ref _medium, input);
        var leadingA = (conversion + baseLine) / 2;
        var leadingB = MiddleWith(ref _long, input);
        _leadingA.Add(leadingA);
        _leadingB.Add(leadingB);
        _closes.Add(input.Close);
        return new(conversion, baseLine, Past(_leadingA), Past(_leadingB), leadingA, leadingB, Past(_closes));
    }

    public void Carry(StateCarrier carrier)
    {
        _leadingA.Carry(carrier);
        _leadingB.Carry(carrier);
        _closes.Carry(carrier);
        _short.Carry(carrier);
        _medium.Carry(carrier);
        _long.Carry(carrier);
    }

    private static double MiddleWith(ref RollingRange range, in Candle bar)
    {
        range.Add(bar.High, bar.Low);
        return range.IsFull ? (range.High + range.Low) / 2 : double.NaN;
    }

    private double Past(Ring<double> values) =>
        values.Count > _displacement ? values.Ago(_displacement) : double.NaN;
}
