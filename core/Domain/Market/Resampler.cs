namespace FuturesBot.Domain.Market;

/// <summary>
/// Builds candles of a longer frame from a shorter one. It refuses to invent: a parent with a missing
/// child is not made (spec 2.17), because its high, low or volume would be a guess.
/// </summary>
public sealed class Resampler : IStateful
{
    private readonly TimeFrame _child;
    private readonly TimeFrame _parent;
    private readonly int _children;
    private Candle _sum;
    private int _held;
    private long _refused;

    /// <exception cref="ArgumentException">The parent is not a whole multiple of the child.</exception>
    public Resampler(TimeFrame child, TimeFrame parent)
    {
        if (parent.Minutes() <= child.Minutes() || parent.Minutes() % child.Minutes() != 0)
            throw new ArgumentException($"{parent.Code()} is not a whole multiple of {child.Code()}", nameof(parent));
        _child = child;
        _parent = parent;
        _children = parent.Minutes() / child.Minutes();
    }

    /// <summary>Parents that were not made because a child was missing.</summary>
    public long Refused => _refused;

    /// <summary>Adds the next child; true when it completes a parent.</summary>
    /// <param name="bar">Closed child candle, later than any before it.</param>
    /// <param name="parent">The parent, when complete.</param>
    public bool TryAdd(in Candle bar, out Candle parent)
    {
        parent = default;
        var open = _parent.OpenOf(bar.OpenTimeMs);
        if (_held > 0 && _sum.OpenTimeMs != open) Drop();

        if (_held == 0)
        {
            if (bar.OpenTimeMs != open) return false;   // the parent's first child is missing
            _sum = bar;
            _held = 1;
        }
        else
        {
            if (bar.OpenTimeMs != open + (_held * _child.Ms()))
            {
                Drop();
                return false;
            }

            _sum = Join(_sum, bar);
            _held++;
        }

        if (_held < _children) return false;
        parent = _sum;
        _held = 0;
        return true;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(ref _sum);
        carrier.Carry(ref _held);
        carrier.Carry(ref _refused);
    }

    private static Candle Join(in Candle first, in Candle next) => new(
        first.OpenTimeMs,
        first.Open,
        Math.Max(first.High, next.High),
        Math.Min(first.Low, next.Low),
        next.Close,
        first.Volume + next.Volume,
        first.QuoteVolume + next.QuoteVolume,         // NaN stays NaN: unavailable in one is unavailable in all
        first.TakerBuyVolume + next.TakerBuyVolume,
        first.Trades < 0 || next.Trades < 0 ? -1 : first.Trades + next.Trades);

    private void Drop()
    {
        _refused++;
        _held = 0;
    }
}
