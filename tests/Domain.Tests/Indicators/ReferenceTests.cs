using System.Globalization;
using System.Text.Json;
using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

/// <summary>
/// Equality with the published results of Stock.Indicators (502 daily bars, parameters in PARAMS.csv).
/// The reference was computed in double and is printed with all its digits, in another order of
/// operations and without fused multiply-add. Tolerance: 1e-9 relative to the larger of the value and 1, some
/// million times what such rounding amounts to, and far below anything a chart or a rule could see.
/// Every value of ours must be there, and every value of theirs, but for what a test names.
/// </summary>
public sealed class ReferenceTests
{
    private const double Tolerance = 1e-9;

    [Fact]
    public void Sma() => Values(c => new Sma(20).Over(c), "sma", "sma");

    [Fact]
    public void Ema() => Values(c => new Ema(20).Over(c), "ema", "ema");

    [Fact]
    public void Smma() => Values(c => new Smma(20).Over(c), "smma", "smma");

    [Fact]
    public void Wma() => Values(c => new Wma(14).Over(c), "wma", "wma");

    [Fact]
    public void Hma() => Values(c => new Hma(14).Over(c), "hma", "hma");

    [Fact]
    public void Rsi() => Values(c => new Rsi(14).Over(c), "rsi", "rsi");

    [Fact]
    public void Roc() => Values(c => new Roc(14).Over(c), "roc", "roc");

    [Fact]
    public void StdDev() => Values(c => new StdDev(14).Over(c), "stdev", "stdDev");

    [Fact]
    public void ZScore() => Values(c => new ZScore(14).Over(c), "stdev", "zScore");

    [Fact]
    public void Bollinger()
    {
        Fields(c => new Bollinger(20, 2).Over(c), "bb", "sma", b => b.Middle);
        Fields(c => new Bollinger(20, 2).Over(c), "bb", "upperBand", b => b.Upper);
        Fields(c => new Bollinger(20, 2).Over(c), "bb", "lowerBand", b => b.Lower);
        Fields(c => new Bollinger(20, 2).Over(c), "bb", "width", b => b.Width);
        Fields(c => new Bollinger(20, 2).Over(c), "bb", "percentB", b => b.PercentB);
    }

    [Fact]
    public void Macd()
    {
        Fields(c => new Macd(12, 26, 9).Over(c), "macd", "macd", m => m.Macd);
        Fields(c => new Macd(12, 26, 9).Over(c), "macd", "signal", m => m.Signal);
        Fields(c => new Macd(12, 26, 9).Over(c), "macd", "histogram", m => m.Histogram);
    }

    [Fact]
    public void StochasticRsi()
    {
        Fields(c => new StochasticRsi(14, 14, 3, 1).Over(c), "stoch-rsi", "stochRsi", s => s.K);
        Fields(c => new StochasticRsi(14, 14, 3, 1).Over(c), "stoch-rsi", "signal", s => s.D);
    }

    [Fact]
    public void TrueRange() => Bars(new TrueRange(), "tr", "tr");

    [Fact]
    public void Atr() => Bars(new Atr(14), "atr", "atr");

    [Fact]
    public void Adx()
    {
        Bars(() => new Adx(14), "adx", "adx", a => a.Adx);
        Bars(() => new Adx(14), "adx", "pdi", a => a.PlusDi);
        Bars(() => new Adx(14), "adx", "mdi", a => a.MinusDi);
    }

    // Like ours, the reference excludes the current bar, so that nothing has to be shifted.
    [Fact]
    public void Donchian()
    {
        Bars(() => new Donchian(20), "donchian", "upperBand", d => d.Upper);
        Bars(() => new Donchian(20), "donchian", "lowerBand", d => d.Lower);
        Bars(() => new Donchian(20), "donchian", "centerline", d => d.Middle);
    }

    [Fact]
    public void Keltner()
    {
        Bars(() => new Keltner(20, 2, 10), "keltner", "centerline", k => k.Middle);
        Bars(() => new Keltner(20, 2, 10), "keltner", "upperBand", k => k.Upper);
        Bars(() => new Keltner(20, 2, 10), "keltner", "lowerBand", k => k.Lower);
        Bars(() => new Keltner(20, 2, 10), "keltner", "width", k => k.Width);
    }

    [Fact]
    public void Stochastic()
    {
        Bars(() => new Stochastic(14, 3, 3), "stoch", "oscillator", s => s.K);
        Bars(() => new Stochastic(14, 3, 3), "stoch", "signal", s => s.D);
    }

    [Fact]
    public void Cci() => Bars(new Cci(20), "cci", "cci");

    [Fact]
    public void Mfi() => Bars(new Mfi(14), "mfi", "mfi");

    [Fact]
    public void Obv() => Bars(new Obv(), "obv", "obv");

    [Fact]
    public void Adl() => Bars(new Adl(), "adl", "adl");

    [Fact]
    public void Cmf() => Bars(new Cmf(20), "cmf", "cmf");

    [Fact]
    public void WilliamsR() => Bars(new WilliamsR(14), "willr", "williamsR");

    [Fact]
    public void Vwma() => Bars(new Vwma(14), "vwma", "vwma");

    [Fact]
    public void SuperTrend()
    {
        Bars(() => new SuperTrend(10, 3), "supertrend", "superTrend", s => s.Value);
        Bars(() => new SuperTrend(10, 3), "supertrend", "lowerBand", s => s.IsUp ? s.Value : double.NaN);
        Bars(() => new SuperTrend(10, 3), "supertrend", "upperBand", s => s.IsUp ? double.NaN : s.Value);
    }

    // The reference leaves out the stretch up to the first reversal, whose direction is a guess; ours
    // shows the guess. From there on the two must agree.
    [Fact]
    public void ParabolicSar() =>
        Bars(() => new ParabolicSar(0.02, 0.2), "psar", "sar", s => s.Value, oursMayBegin: 2);

    [Fact]
    public void Aroon()
    {
        Bars(() => new Aroon(25), "aroon", "aroonUp", a => a.Up);
        Bars(() => new Aroon(25), "aroon", "aroonDown", a => a.Down);
        Bars(() => new Aroon(25), "aroon", "oscillator", a => a.Oscillator);
    }

    [Fact]
    public void Vortex()
    {
        Bars(() => new Vortex(14), "vortex", "pvi", v => v.Plus);
        Bars(() => new Vortex(14), "vortex", "nvi", v => v.Minus);
    }

    [Fact]
    public void Choppiness() => Bars(new Choppiness(14), "chop", "chop");

    // Without an anchor the reference begins at the first bar.
    [Fact]
    public void AnchoredVwap() => Bars(() => new AnchoredVwap(0), "vwap", "vwap", v => v.Value);

    private static void Values(Func<double[], double[]> ours, string file, string field) =>
        Fields(ours, file, field, v => v);

    private static void Fields<T>(
        Func<double[], T[]> ours, string file, string field, Func<T, double> value) =>
        Compare(file, field, () => [.. ours([.. Quotes().Select(q => q.Close)]).Select(value)], 0);

    private static void Bars(IIndicator<Candle, double> ours, string file, string field) =>
        Bars(() => ours, file, field, v => v);

    private static void Bars<T>(
        Func<IIndicator<Candle, T>> ours,
        string file,
        string field,
        Func<T, double> value,
        int oursMayBegin = 0) =>
        Compare(file, field, () => [.. ours().Over(Quotes()).Select(value)], oursMayBegin);

    private static void Compare(string file, string field, Func<double[]> compute, int oursMayBegin)
    {
        Assert.SkipUnless(SharedData.Root is not null, SharedData.Absent);
        var theirs = Results(file, field);
        var ours = compute();

        Assert.Equal(theirs.Length, ours.Length);
        var first = Array.FindIndex(theirs, double.IsFinite);
        for (var i = oursMayBegin > 0 ? first : 0; i < ours.Length; i++)
        {
            var allowed = Tolerance * Math.Max(1, Math.Abs(theirs[i]));
            Assert.True(
                double.IsNaN(theirs[i]) ? double.IsNaN(ours[i]) : Math.Abs(ours[i] - theirs[i]) <= allowed,
                $"{file}.{field}[{i}] was {ours[i]:R}, the reference has {theirs[i]:R}");
        }

        Assert.InRange(first, 0, ours.Length - 1);
    }

    private static double[] Results(string file, string field)
    {
        using var stream = File.OpenRead(
            SharedData.Path("indicator-reference", "results", $"{file}.standard.json"));
        using var json = JsonDocument.Parse(stream);
        return [.. json.RootElement.EnumerateArray().Select(e => e.GetProperty(field))
            .Select(v => v.ValueKind == JsonValueKind.Null ? double.NaN : v.GetDouble())];
    }

    private static Candle[] Quotes() =>
        [.. File.ReadLines(SharedData.Path("indicator-reference", "quotes", "default.csv"))
            .Skip(1).Select(Quote)];

    private static Candle Quote(string line)
    {
        var fields = line.Split(',');
        var day = DateTimeOffset.Parse(
            fields[0], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        var numbers = fields[1..].Select(f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray();
        return new(day.ToUnixTimeMilliseconds(), numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }
}
