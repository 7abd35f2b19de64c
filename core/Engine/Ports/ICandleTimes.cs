namespace FuturesBot.Engine.Ports;

/// <summary>When stored candles open, without their values: for surveys of millions of them.</summary>
public interface ICandleTimes
{
    /// <summary>Open times in [<paramref name="fromMs"/>, <paramref name="toMs"/>), ascending, each once.</summary>
    Task<IReadOnlyList<long>> OpenTimesAsync(SeriesInfo series, long fromMs, long toMs, CancellationToken cancel = default);
}
