using System.Globalization;
using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Local.Commands;

/// <summary>
/// The indicators that have a name on the command line. A <c>#</c> in a name is where its number of bars
/// stands; without one it is the usual one: <c>rsi</c> is <c>rsi14</c>.
/// </summary>
internal static class IndicatorRegistry
{
    private const int DigitsMax = 6;

    /// <summary>Every family, in the order in which they are listed.</summary>
    public static IReadOnlyList<IndicatorFamily> Families { get; } =
    [
        // Averages of the close
        OfClose("ema#", 20, n => new Ema(n)),
        OfClose("sma#", 20, n => new Sma(n)),
        OfClose("smma#", 20, n => new Smma(n)),
        OfClose("wma#", 20, n => new Wma(n)),
        OfClose("hma#", 20, n => new Hma(n)),
        OfBar("vwma#", 20, n => new Vwma(n)),

        // Momentum
        OfClose("rsi#", 14, n => new Rsi(n)),
        OfClose("roc#", 14, n => new Roc(n)),
        OfClose(
            ["macd", "macd_signal", "macd_histogram"],
            0,
            _ => new Macd(),
            (m, to) => Put(to, m.Macd, m.Signal, m.Histogram)),
        OfBar(["stoch#_k", "stoch#_d"], 14, n => new Stochastic(n), (s, to) => Put(to, s.K, s.D)),
        OfClose(
            ["stochrsi#_k", "stochrsi#_d"],
            14,
            n => new StochasticRsi(n, n),
            (s, to) => Put(to, s.K, s.D)),
        OfBar("cci#", 20, n => new Cci(n)),
        OfBar("willr#", 14, n => new WilliamsR(n)),
        OfBar("ao", 0, _ => new AwesomeOscillator()),

        // Trend
        OfBar(
            ["adx#", "plus_di#", "minus_di#"],
            14,
            n => new Adx(n),
            (a, to) => Put(to, a.Adx, a.PlusDi, a.MinusDi)),
        OfBar(["aroon#_up", "aroon#_down"], 25, n => new Aroon(n), (a, to) => Put(to, a.Up, a.Down)),
        OfBar(["vortex#_plus", "vortex#_minus"], 14, n => new Vortex(n), (v, to) => Put(to, v.Plus, v.Minus)),
        OfBar(
            ["supertrend#", "supertrend#_up"],
            10,
            n => new SuperTrend(n),
            (s, to) => Put(to, s.Value, Flag(s.IsUp, s.Value))),
        OfBar(
            ["psar", "psar_up"],
            0,
            _ => new ParabolicSar(),
            (p, to) => Put(to, p.Value, Flag(p.IsUp, p.Value))),
        OfBar(
            [
                "ichimoku_tenkan", "ichimoku_kijun", "ichimoku_senkou_a", "ichimoku_senkou_b",
                "ichimoku_past_close",
            ],
            0,
            _ => new Ichimoku(),
            (i, to) => Put(to, i.Tenkan, i.Kijun, i.SenkouA, i.SenkouB, i.PastClose)),

        // Range and volatility
        OfBar("tr", 0, _ => new TrueRange()),
        OfBar("atr#", 14, n => new Atr(n)),
        OfBar("chop#", 14, n => new Choppiness(n)),
        OfClose("stddev#", 20, n => new StdDev(n)),
        OfClose("zscore#", 20, n => new ZScore(n)),
        OfClose("percentile#", 90, n => new PercentileRank(n)),
        OfClose(
            ["bb#_upper", "bb#_middle", "bb#_lower", "bb#_width", "bb#_percent_b"],
            20,
            n => new Bollinger(n),
            (b, to) => Put(to, b.Upper, b.Middle, b.Lower, b.Width, b.PercentB)),
        OfBar(
            ["keltner#_upper", "keltner#_middle", "keltner#_lower"],
            20,
            n => new Keltner(n),
            (k, to) => Put(to, k.Upper, k.Middle, k.Lower)),
        OfBar(
            ["donchian#_upper", "donchian#_middle", "donchian#_lower"],
            20,
            n => new Donchian(n),
            (d, to) => Put(to, d.Upper, d.Middle, d.Lower)),

        // Volume
        OfBar("volume_ratio#", 20, n => new VolumeRatio(n)),
        OfBar("obv", 0, _ => new Obv()),
        OfBar("adl", 0, _ => new Adl()),
        OfBar("cmf#", 20, n => new Cmf(n)),
        OfBar("mfi#", 14, n => new Mfi(n)),
        OfBar("cvd", 0, _ => new Cvd()),
        Vwap("vwap_day", () => new DailyVwap()),
        Vwap("vwap_week", () => new WeeklyVwap()),
        Vwap("vwap_session", () => new SessionVwap()),
    ];

    /// <summary>
    /// What is computed when nothing is asked for: every family, and the averages that the system reads.
    /// </summary>
    public static IReadOnlyList<string> DefaultNames { get; } =
    [
        .. Families.SelectMany(family =>
            family.Key == "ema#" ? (string[])["ema20", "ema50", "ema200"] : [family.Example]),
    ];

    /// <summary>Every name as people write it: families that hold several columns, and columns.</summary>
    public static IReadOnlyList<string> Allowed { get; } =
    [
        .. Families
            .SelectMany(family => family.Columns.Select(family.WithUsual).Prepend(family.Example))
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>Finds a name; what is wrong with it, or null.</summary>
    public static string? Find(string name, out AskedIndicator? asked)
    {
        asked = null;
        foreach (var family in Families)
        {
            if (Number(family.Key, name) is { } all)
                return Make(family, all, [.. family.Columns], out asked);
            foreach (var column in family.Columns)
            {
                if (Number(column, name) is { } one) return Make(family, one, [column], out asked);
            }
        }

        return $"'{name}' is unknown; nearest are {string.Join(", ", Nearest(name).Take(5))}; "
            + $"allowed are {string.Join(", ", Nearest(name))} (the numbers of bars may be others)";
    }

    private static IEnumerable<string> Nearest(string name) =>
        Allowed
            .OrderBy(allowed => Spelling.Distance(name, allowed))
            .ThenBy(allowed => allowed, StringComparer.Ordinal);

    private static string? Make(
        IndicatorFamily family, string digits, string[] columns, out AskedIndicator? asked)
    {
        asked = null;
        var periods = digits.Length == 0 ? family.Periods : int.Parse(digits, CultureInfo.InvariantCulture);
        try
        {
            _ = family.Create(periods);
        }
        catch (ArgumentOutOfRangeException wrong)
        {
            var name = columns[0].Replace("#", digits, StringComparison.Ordinal);
            return $"'{name}' cannot be: {Sentence(wrong)}";
        }

        asked = new(family, periods, digits, columns);
        return null;
    }

    /// <summary>The message without what .NET adds to it.</summary>
    private static string Sentence(ArgumentException wrong) =>
        wrong.Message.Split([" (Parameter", Environment.NewLine], StringSplitOptions.None)[0];

    /// <summary>
    /// The digits that stand for <c>#</c>, none for the usual number; null when the name does not fit.
    /// </summary>
    private static string? Number(string pattern, string name)
    {
        var at = pattern.IndexOf('#', StringComparison.Ordinal);
        if (at < 0) return name == pattern ? "" : null;
        var fits = name.Length >= pattern.Length - 1
            && name.StartsWith(pattern[..at], StringComparison.Ordinal)
            && name.EndsWith(pattern[(at + 1)..], StringComparison.Ordinal);
        if (!fits) return null;
        var digits = name[at..(name.Length - (pattern.Length - at - 1))];
        return digits.Length <= DigitsMax && digits.All(char.IsAsciiDigit) ? digits : null;
    }

    private static IndicatorFamily OfClose(
        string name, int periods, Func<int, IIndicator<double, double>> create) =>
        OfClose([name], periods, create, (value, to) => to[0] = value);

    private static IndicatorFamily OfBar(
        string name, int periods, Func<int, IIndicator<Candle, double>> create) =>
        OfBar([name], periods, create, (value, to) => to[0] = value);

    private static IndicatorFamily OfClose<T>(
        string[] columns,
        int periods,
        Func<int, IIndicator<double, T>> create,
        Action<T, Span<double>> put) =>
        new(columns, periods, n =>
        {
            var indicator = create(n);
            return (in Candle bar, Span<double> into) => put(indicator.Update(bar.Close), into);
        });

    private static IndicatorFamily OfBar<T>(
        string[] columns,
        int periods,
        Func<int, IIndicator<Candle, T>> create,
        Action<T, Span<double>> put) =>
        new(columns, periods, n =>
        {
            var indicator = create(n);
            return (in Candle bar, Span<double> into) => put(indicator.Update(bar), into);
        });

    private static IndicatorFamily Vwap(string name, Func<IIndicator<Candle, VwapReading>> create) => OfBar(
        [name, name + "_upper1", name + "_lower1", name + "_upper2", name + "_lower2"],
        0,
        _ => create(),
        (v, to) => Put(to, v.Value, v.Upper1, v.Lower1, v.Upper2, v.Lower2));

    private static void Put(Span<double> to, params ReadOnlySpan<double> values) => values.CopyTo(to);

    private static double Flag(bool value, double beside) =>
        double.IsNaN(beside) ? double.NaN : value ? 1 : 0;
}
