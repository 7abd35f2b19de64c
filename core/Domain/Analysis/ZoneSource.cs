using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>The swings and the ATR of one frame that makes zones.</summary>
internal sealed class ZoneSource(TimeFrame frame, int wing) : IStateful
{
    private readonly Atr _atr = new(14);
    private readonly Ring<HighLow> _recent = new(wing);
    private double _atrNow = double.NaN;

    public TimeFrame Frame { get; } = frame;

    public SwingDetector Swings { get; } = new(wing, keep: 1);

    /// <summary>NaN while warming up.</summary>
    public double Atr => _atrNow;

    /// <summary>High and low of one of the last bars, as many as the swing's wing.</summary>
    public (double High, double Low) Ago(int ago) => (_recent.Ago(ago).High, _recent.Ago(ago).Low);

    public void Update(in Candle bar)
    {
        _atrNow = _atr.Update(bar);
        Swings.Update(bar);
        _recent.Add(new(bar.High, bar.Low));
    }

    public void Carry(StateCarrier carrier)
    {
        _atr.Carry(carrier);
        Swings.Carry(carrier);
        _recent.Carry(carrier);
        carrier.Carry(ref _atrNow);
    }

    private readonly record struct HighLow(double High, double Low);
}
