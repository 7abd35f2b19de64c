using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// One VWAP per trading session, each from its own start. <see cref="Update"/> returns that of the
/// session that started last among those that are open at the bar's open time, and NaN when none is
/// (22–24 UTC by default). Source: spec 2.3. Warm-up 1 within a session.
/// </summary>
public sealed class SessionVwap : IIndicator<Candle, VwapReading>
{
    private readonly TradingSession[] _sessions;
    private readonly VwapSums[] _sums;
    private readonly long[] _startsMs;
    private int _current = -1;

    /// <param name="sessions">At least one; null for <see cref="TradingSession.Defaults"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">No session was given.</exception>
    public SessionVwap(IReadOnlyList<TradingSession>? sessions = null)
    {
        _sessions = [.. sessions ?? TradingSession.Defaults];
        if (_sessions.Length == 0)
            throw new ArgumentOutOfRangeException(
                nameof(sessions), _sessions.Length, "sessions had 0 entries; at least 1 is needed");
        _sums = new VwapSums[_sessions.Length];
        _startsMs = new long[_sessions.Length];
        Array.Fill(_startsMs, long.MinValue);
    }

    public int WarmupBars => 1;

    public IReadOnlyList<TradingSession> Sessions => _sessions;

    /// <summary>The session whose VWAP was returned last; null when none was open.</summary>
    public TradingSession? Current => _current < 0 ? null : _sessions[_current];

    /// <summary>VWAP of one session, open or over, since its last start; NaN before the first.</summary>
    /// <param name="session">Place in <see cref="Sessions"/>.</param>
    public VwapReading Of(int session) => _sums[session].Read();

    public VwapReading Update(in Candle input)
    {
        _current = -1;
        for (var i = 0; i < _sessions.Length; i++)
        {
            if (_sessions[i].StartOf(input.OpenTimeMs) is not { } startMs) continue;
            if (startMs != _startsMs[i]) _sums[i].Clear();
            _startsMs[i] = startMs;
            _sums[i].Add(input);
            if (_current < 0 || startMs >= _startsMs[_current]) _current = i;
        }

        return _current < 0 ? VwapReading.Unavailable : _sums[_current].Read();
    }

    public void Carry(StateCarrier carrier)
    {
        for (var i = 0; i < _sums.Length; i++) _sums[i].Carry(carrier);
        carrier.Carry(_startsMs);
        carrier.Carry(ref _current);
    }
}
