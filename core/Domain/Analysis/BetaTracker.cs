using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>
/// Beta and correlation of a symbol's 1h returns to BTC's over the last 720 pairs, 30 days (spec 2.9).
/// NaN until there are that many; the caller puts 1 for beta then, and clamps it.
/// </summary>
/// <remarks>
/// The running sums do not drift: whenever the ring wraps, sums that never had anything
/// subtracted take over.
/// </remarks>
public sealed class BetaTracker : IStateful
{
    /// <summary>30 days of hours.</summary>
    public const int Periods = 720;

    private readonly double[] _own = new double[Periods];
    private readonly double[] _btc = new double[Periods];
    private Sums _sums;
    private Sums _sinceWrap;
    private int _at;
    private bool _isFull;
    private long _lastOpenMs = long.MinValue;
    private double _lastOwn;
    private double _lastBtc;

    /// <summary>Covariance with BTC over BTC's variance; NaN before 30 days or without variance.</summary>
    public double Beta => _isFull ? Covariance / BtcVariance : double.NaN;

    /// <summary>−1 to 1; NaN before 30 days or without variance.</summary>
    public double Correlation => _isFull ? Covariance / Math.Sqrt(BtcVariance * OwnVariance) : double.NaN;

    private double Covariance => Math.FusedMultiplyAdd(-_sums.Own / Periods, _sums.Btc, _sums.Product);

    private double BtcVariance => Variance(_sums.Btc, _sums.BtcSquare);

    private double OwnVariance => Variance(_sums.Own, _sums.OwnSquare);

    /// <summary>
    /// Folds the next pair in. A pair of different hours is passed over; after a missing hour no return is
    /// taken, because it would not be one of an hour.
    /// </summary>
    public void Update(in Candle h1, in Candle btcH1)
    {
        if (h1.OpenTimeMs != btcH1.OpenTimeMs || h1.OpenTimeMs <= _lastOpenMs) return;
        if (_lastOpenMs != long.MinValue && h1.OpenTimeMs == _lastOpenMs + TimeFrame.H1.Ms())
            Add((h1.Close / _lastOwn) - 1, (btcH1.Close / _lastBtc) - 1);
        (_lastOpenMs, _lastOwn, _lastBtc) = (h1.OpenTimeMs, h1.Close, btcH1.Close);
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(BetaTracker), 1);
        carrier.Carry(_own);
        carrier.Carry(_btc);
        carrier.Carry(ref _sums);
        carrier.Carry(ref _sinceWrap);
        carrier.Carry(ref _at);
        carrier.Carry(ref _isFull);
        carrier.Carry(ref _lastOpenMs);
        carrier.Carry(ref _lastOwn);
        carrier.Carry(ref _lastBtc);
    }

    private static double Variance(double sum, double squares) =>
        Math.Max(0, Math.FusedMultiplyAdd(-sum / Periods, sum, squares));

    private void Add(double own, double btc)
    {
        if (_isFull) _sums.Add(_own[_at], _btc[_at], -1);
        (_own[_at], _btc[_at]) = (own, btc);
        _sums.Add(own, btc, 1);
        _sinceWrap.Add(own, btc, 1);
        if (++_at < Periods) return;
        _sums = _sinceWrap;
        _sinceWrap = default;
        _at = 0;
        _isFull = true;
    }

    private struct Sums
    {
        public double Own;
        public double Btc;
        public double OwnSquare;
        public double BtcSquare;
        public double Product;

        public void Add(double own, double btc, double sign)
        {
            Own += sign * own;
            Btc += sign * btc;
            OwnSquare += sign * (own * own);
            BtcSquare += sign * (btc * btc);
            Product += sign * (own * btc);
        }
    }
}
