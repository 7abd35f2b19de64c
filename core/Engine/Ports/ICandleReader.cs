using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>Pulls the closed candles of one series, in order of their open time, each time once.</summary>
public interface ICandleReader : IDisposable
{
    /// <summary>
    /// What the reader has seen so far; final once <see cref="TryRead"/> has returned false.
    /// </summary>
    ReadCounts Counts { get; }

    /// <summary>The next candle; false at the end, and from then on.</summary>
    bool TryRead(out Candle candle);
}
