namespace FuturesBot.Simulator.Market;

/// <summary>
/// Builds the candles of every interval from closed minutes. Those of a day and longer are kept for good: they outlive the
/// minutes they were made of.
/// </summary>
/// <param name="completeFromMs">Candles that open before are missing minutes and are never told.</param>
internal sealed class KlineLadder(long completeFromMs)
{
    private readonly KlineRow[] _open = new KlineRow[KlineIntervals.All.Count];
    private readonly bool[] _isOpen = new bool[KlineIntervals.All.Count];
    private readonly List<KlineRow>[] _long = [[], [], [], []];

    /// <summary>Candles that open before are missing minutes and are never told.</summary>
    public long CompleteFromMs => completeFromMs;

    /// <summary>Closed candles of a day, three days, a week or a month.</summary>
    public List<KlineRow> Long(KlineInterval interval) => _long[interval - KlineInterval.D1];

    /// <summary>The closed minutes of the candle in progress; false when there is none yet.</summary>
    public bool TryOpen(KlineInterval interval, out KlineRow row)
    {
        row = _open[(int)interval];
        return _isOpen[(int)interval];
    }

    public void Add(in KlineRow minute)
    {
        for (var i = 0; i < _open.Length; i++)
        {
            _open[i] = _isOpen[i] ? KlineMath.Join(_open[i], minute) : KlineMath.Begin((KlineInterval)i, minute);
            _isOpen[i] = true;
        }
    }

    /// <summary>Closes what ends at <paramref name="timeMs"/>, whether its last minutes were there or not.</summary>
    public void Close(long timeMs, int symbol, IMarketListener? into)
    {
        for (var i = 0; i < _open.Length; i++)
        {
            if (!_isOpen[i] || _open[i].CloseMs >= timeMs) continue;
            _isOpen[i] = false;
            if (_open[i].OpenMs < completeFromMs) continue;
            if (i >= (int)KlineInterval.D1) Long((KlineInterval)i).Add(_open[i]);
            into?.OnKline(symbol, (KlineInterval)i, _open[i], closed: true);
        }
    }
}
