using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// Five classic indicators of one frame, each with a vote: +1 long, −1 short, 0 none, NaN warming up
/// (spec 1.12 "Voting").
/// </summary>
public sealed class IndicatorVotes : IStateful
{
    private const double RsiLow = 30;
    private const double RsiHigh = 70;
    private const double StochasticLow = 20;
    private const double StochasticHigh = 80;

    private readonly Rsi _rsi = new(14);
    private readonly Macd _macd = new(12, 26, 9);
    private readonly Bollinger _bands = new(20, 2);
    private readonly Sma _fast = new(20);
    private readonly Sma _slow = new(50);
    private readonly Stochastic _stochastic = new(14, 3, 3);
    private Ballot _now = Ballot.Unavailable;
    private Ballot _before = Ballot.Unavailable;

    public Ballot Now => _now;

    public Ballot Before => _before;

    public void Update(in Candle bar)
    {
        var rsi = _rsi.Update(bar.Close);
        var macd = _macd.Update(bar.Close);
        var bands = _bands.Update(bar.Close);
        var fast = _fast.Update(bar.Close);
        var slow = _slow.Update(bar.Close);
        var stochastic = _stochastic.Update(bar);
        _before = _now;
        _now = new Ballot(
            Outside(rsi, RsiLow, RsiHigh),
            Sign(macd.Macd - macd.Signal),
            Outside(bar.Close, bands.Lower, bands.Upper),
            Sign(fast - slow),
            Outside(stochastic.K, StochasticLow, StochasticHigh));
    }

    public void Carry(StateCarrier carrier)
    {
        _rsi.Carry(carrier);
        _macd.Carry(carrier);
        _bands.Carry(carrier);
        _fast.Carry(carrier);
        _slow.Carry(carrier);
        _stochastic.Carry(carrier);
        carrier.Carry(ref _now);
        carrier.Carry(ref _before);
    }

    private static double Sign(double value) => double.IsNaN(value) ? double.NaN : Math.Sign(value);

    /// <summary>Below the low end says long, above the high end short.</summary>
    private static double Outside(double value, double low, double high) =>
        double.IsNaN(value) || double.IsNaN(low) ? double.NaN : value < low ? 1 : value > high ? -1 : 0;
}
