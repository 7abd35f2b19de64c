using System.Runtime.CompilerServices;

namespace FuturesBot.Simulator.Market;

/// <summary>The last eight hours in quarters of an hour: where the old highs and lows are that stops lie behind.</summary>
internal struct Shelf
{
    private const int Kept = 32;

    // The newest quarters are no old extreme yet.
    private const int TooYoung = 3;

    private Quarters _highs;
    private Quarters _lows;
    private int _count;
    private double _high;
    private double _low;

    /// <summary>Highest log price of the eight hours, the newest quarters left out; NaN until they are known.</summary>
    public double High { get; private set; }

    public double Low { get; private set; }

    /// <summary>Mean range of a quarter in log price.</summary>
    public double Range { get; private set; }

    public static Shelf StartingAt(double price, double range) =>
        new() { High = double.NaN, Low = double.NaN, Range = range, _high = price, _low = price };

    public void Minute(double high, double low, bool endsQuarter)
    {
        _high = Math.Max(_high, high);
        _low = Math.Min(_low, low);
        if (!endsQuarter) return;

        _highs[_count % Kept] = _high;
        _lows[_count % Kept] = _low;
        _count++;
        Range += (_high - _low - Range) / 20;
        (_high, _low) = (double.MinValue, double.MaxValue);
        if (_count >= Kept) FindExtremes();
    }

    private void FindExtremes()
    {
        (High, Low) = (double.MinValue, double.MaxValue);
        for (var ago = TooYoung; ago < Kept; ago++)
        {
            var at = (_count - 1 - ago) % Kept;
            High = Math.Max(High, _highs[at]);
            Low = Math.Min(Low, _lows[at]);
        }
    }

    [InlineArray(Kept)]
    private struct Quarters
    {
        private double _first;
    }
}
