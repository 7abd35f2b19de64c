using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Chat;

namespace FuturesBot.Adapters.Pictures;

/// <summary>Where everything of the picture stands: a pure function of what it shows.</summary>
internal sealed class PictureLayout
{
    public const int Width = 1000;
    public const int Height = 560;
    public const int Head = 70;
    public const int Top = 80;
    public const int Bottom = 522;
    public const int Axis = 872;

    /// <summary>Price labels closer than this push each other apart.</summary>
    public const double LabelGap = 42;

    private const double LastBar = 600.8;
    private const double BarStep = 10.634;
    private const int VolumeHeight = 44;

    // Room above and below the outermost level for its words.
    private const double Margin = 40;
    private const double TickClear = 36;

    // EMA200 is shown when the chart need not grow beyond this to hold it.
    private const double AverageStretch = 1.6;

    private readonly SignalPictureFacts _facts;
    private readonly double _low;
    private readonly double _high;

    public PictureLayout(SignalPictureFacts facts)
    {
        _facts = facts;
        var plan = facts.Plan;
        double[] levels = [.. Levels(plan).Select(level => (double)level.Price)];
        _low = Math.Min(facts.Bars.Min(bar => bar.Low), levels.Min());
        _high = Math.Max(facts.Bars.Max(bar => bar.High), levels.Max());
        HasAverage = Stretch(facts.Ema200.Where(double.IsFinite).ToArray(), ref _low, ref _high);

        var wanted = Array.ConvertAll(levels, Y);
        var places = LabelSpread.Apart(wanted, LabelGap, Top + 22, Bottom - VolumeHeight - 22);
        Marks = [.. Levels(plan).Select((level, i) => new PriceMark(level.Kind, level.Price, wanted[i], places[i]))];
    }

    /// <summary>EMA200 lies near enough to be drawn.</summary>
    public bool HasAverage { get; }

    /// <summary>Entry, stop and targets.</summary>
    public IReadOnlyList<PriceMark> Marks { get; }

    public double Y(double price) =>
        _high > _low ? Top + Margin + ((_high - price) / (_high - _low) * (Bottom - VolumeHeight - 16 - Top - (2 * Margin))) : (Top + Bottom) / 2.0;

    /// <summary>Middle of a candle.</summary>
    public double X(int bar) => LastBar - ((_facts.Bars.Count - 1 - bar) * BarStep);

    /// <summary>Left edge of what the trade may become.</summary>
    public static double Future => LastBar;

    /// <summary>Height of a bar of volume, of the largest shown.</summary>
    public double VolumeOf(int bar)
    {
        var most = _facts.Bars.Max(b => b.Volume);
        return most > 0 ? _facts.Bars[bar].Volume / most * VolumeHeight : 0;
    }

    /// <summary>Round prices for the grid; with a label where no level's label stands.</summary>
    public IEnumerable<(double Price, double Y, bool HasLabel)> Grid()
    {
        var step = RoundStep((_high - _low) / 5);
        if (step <= 0) yield break;
        for (var price = Math.Ceiling(PriceAt(Bottom - VolumeHeight) / step) * step; price < PriceAt(Top); price += step)
        {
            var y = Y(price);
            if (y < Top + 8 || y > Bottom - 8) continue;
            yield return (price, y, y > Top + 14 && Marks.All(mark => Math.Abs(mark.LabelY - y) >= TickClear));
        }
    }

    /// <summary>Candles that begin at a round time of the readers' day.</summary>
    public IEnumerable<(double X, string Text)> Times()
    {
        var frame = _facts.Plan.Frame;
        var hours = frame.Minutes() * _facts.Bars.Count / 60.0;
        var step = new[] { 0.25, 0.5, 1, 2, 4, 8, 12, 24, 48, 96, 240 }.First(one => hours / one < 4.5 || one == 240);
        for (var i = 0; i < _facts.Bars.Count; i++)
        {
            var open = _facts.Bars[i].OpenTimeMs;
            var shifted = open + (long)_facts.Words.Zone.GetUtcOffset(DateTimeOffset.FromUnixTimeMilliseconds(open)).TotalMilliseconds;
            if (shifted % (long)(step * 3_600_000) >= frame.Ms()) continue;
            yield return (X(i), step >= 24 ? _facts.Words.Day(open) : _facts.Words.Clock(open));
        }
    }

    /// <summary>The zones that the chart has room for: the nearest to the entry first, at most two.</summary>
    public IReadOnlyList<(Zone Zone, double Left, double Top, double Bottom)> Zones()
    {
        var entry = (double)_facts.Plan.Entry;
        return [.. _facts.Zones
            .Where(zone => zone.Low < _high && zone.High > _low)
            .OrderBy(zone => Math.Max(0, Math.Max(zone.Low - entry, entry - zone.High)))
            .ThenByDescending(zone => zone.Strength)
            .Take(2)
            .Select(zone => (zone, LeftOf(zone), Math.Max(Top, Y(zone.High)), Math.Min(Bottom - 2, Y(zone.Low))))];
    }

    /// <summary>The first place along a zone where a text of a width hides no candle; else where it hides the fewest.</summary>
    public double ClearX(double left, double textWidth, double top, double bottom)
    {
        var best = (X: left, Hidden: int.MaxValue);
        for (var x = left; x + textWidth < LastBar - 20; x += BarStep)
        {
            var (from, to) = (x - 6, x + textWidth + 6);
            var hidden = Enumerable.Range(0, _facts.Bars.Count).Count(i =>
                X(i) >= from && X(i) <= to && Y(_facts.Bars[i].High) < bottom && Y(_facts.Bars[i].Low) > top);
            if (hidden < best.Hidden) best = (x, hidden);
            if (hidden == 0) break;
        }

        return best.X;
    }

    /// <summary>From the highest to the lowest place in the trade: targets, entry, stop.</summary>
    private static IEnumerable<(LevelKind Kind, decimal Price)> Levels(TradePlan plan)
    {
        if (plan.Target2 is { } second && plan.Fraction1 < 1m) yield return (LevelKind.Target2, second);
        yield return (LevelKind.Target1, plan.Target1);
        yield return (LevelKind.Entry, plan.Entry);
        yield return (LevelKind.Stop, plan.Stop);
    }

    private double LeftOf(Zone zone)
    {
        for (var i = 0; i < _facts.Bars.Count; i++)
        {
            if (_facts.Bars[i].CloseTimeMs(_facts.Plan.Frame) >= zone.BornMs) return i == 0 ? 0 : X(i);
        }

        return X(_facts.Bars.Count - 1);
    }

    private double PriceAt(double y) => _high - ((y - Top - Margin) / (Bottom - VolumeHeight - 16 - Top - (2 * Margin)) * (_high - _low));

    private static bool Stretch(double[] averages, ref double low, ref double high)
    {
        if (averages.Length < 2) return false;
        var (newLow, newHigh) = (Math.Min(low, averages.Min()), Math.Max(high, averages.Max()));
        if (newHigh - newLow > (high - low) * AverageStretch) return false;
        (low, high) = (newLow, newHigh);
        return true;
    }

    /// <summary>1, 2 or 5 times a power of ten, the first that is not below.</summary>
    private static double RoundStep(double least)
    {
        if (!(least > 0)) return 0;
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        return new[] { 1, 2, 5, 10 }.Select(one => one * power).First(step => step >= least * 0.999);
    }
}
