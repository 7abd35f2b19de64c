using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// Market structure (spec 2.5): HH/HL = up, LH/LL = down, else mixed; a close beyond the last confirmed
/// swing is a BOS in the trend's direction and a CHoCH against it.
/// </summary>
/// <remarks>
/// A break uses the swings and the trend as they were known before the bar. Each swing breaks once;
/// a swing that gives way while the structure is mixed is spent without a break being named.
/// </remarks>
public sealed class MarketStructure : IStateful
{
    private StructureTrend _trend;
    private StructureBreak _lastBreak;
    private long _spentHigh = -1;
    private long _spentLow = -1;
    private bool _newBreak;

    /// <summary>The structure after the last bar.</summary>
    public StructureTrend Trend => _trend;

    /// <summary>The last break; its kind is None before the first.</summary>
    public StructureBreak LastBreak => _lastBreak;

    /// <summary>The last bar made <see cref="LastBreak"/>.</summary>
    public bool NewBreak => _newBreak;

    /// <param name="bar">The closed bar.</param>
    /// <param name="swings">The detector, which has taken this bar already.</param>
    public void Update(in Candle bar, SwingDetector swings)
    {
        var index = swings.LastIndex;
        _newBreak = false;
        if (Swings.TryLastKnown(swings.Highs, index - 1, out var high) && high.BarIndex != _spentHigh
            && bar.Close > high.Price)
        {
            _spentHigh = high.BarIndex;
            Break(Side.Long, high.Price, index, bar.OpenTimeMs);
        }

        if (Swings.TryLastKnown(swings.Lows, index - 1, out var low) && low.BarIndex != _spentLow
            && bar.Close < low.Price)
        {
            _spentLow = low.BarIndex;
            Break(Side.Short, low.Price, index, bar.OpenTimeMs);
        }

        if (swings.NewHigh || swings.NewLow) _trend = TrendOf(swings);
    }

    /// <summary>Forgets everything, as after a gap too long to bridge (spec 2.17).</summary>
    public void Restart()
    {
        _trend = StructureTrend.Mixed;
        _lastBreak = default;
        _spentHigh = -1;
        _spentLow = -1;
        _newBreak = false;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(ref _trend);
        carrier.Carry(ref _lastBreak);
        carrier.Carry(ref _spentHigh);
        carrier.Carry(ref _spentLow);
        carrier.Carry(ref _newBreak);
    }

    private static StructureTrend TrendOf(SwingDetector swings)
    {
        if (swings.Highs.Count < 2 || swings.Lows.Count < 2) return StructureTrend.Mixed;
        var high = swings.Highs.Ago(0).Price.CompareTo(swings.Highs.Ago(1).Price);
        var low = swings.Lows.Ago(0).Price.CompareTo(swings.Lows.Ago(1).Price);
        return (high, low) switch
        {
            ( > 0, > 0) => StructureTrend.Up,
            ( < 0, < 0) => StructureTrend.Down,
            _ => StructureTrend.Mixed,
        };
    }

    private void Break(Side side, double level, long index, long timeMs)
    {
        if (_trend == StructureTrend.Mixed) return;
        var with = _trend == StructureTrend.Up ? Side.Long : Side.Short;
        var kind = side == with ? StructureBreakKind.Bos : StructureBreakKind.Choch;
        _lastBreak = new(kind, side, level, index, timeMs);
        _newBreak = true;
    }
}
