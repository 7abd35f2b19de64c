using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Backtesting;

/// <summary>Counts the candles and the holes of one series as it passes.</summary>
internal sealed class SeriesTally(TimeFrame frame)
{
    private readonly long _step = frame.Ms();
    private long _next = long.MinValue;

    public long FirstMs { get; private set; }

    /// <summary>Close of the last candle.</summary>
    public long EndMs => _next;

    public long Candles { get; private set; }

    public int Gaps { get; private set; }

    public long Missing { get; private set; }

    public void Add(long openTimeMs)
    {
        if (_next == long.MinValue) FirstMs = openTimeMs;
        else if (openTimeMs > _next)
        {
            Gaps++;
            Missing += (openTimeMs - _next) / _step;
        }

        Candles++;
        _next = openTimeMs + _step;
    }
}
