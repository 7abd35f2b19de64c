using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>The exchange's names of candle lengths, as bytes (<see cref="TimeFrames.Code"/>).</summary>
internal static class StreamFrames
{
    /// <summary>Null when it is none of our six. A month is <c>1M</c>.</summary>
    public static TimeFrame? Of(ReadOnlySpan<byte> code)
    {
        if (code.SequenceEqual("1m"u8)) return TimeFrame.M1;
        if (code.SequenceEqual("5m"u8)) return TimeFrame.M5;
        if (code.SequenceEqual("15m"u8)) return TimeFrame.M15;
        if (code.SequenceEqual("1h"u8)) return TimeFrame.H1;
        if (code.SequenceEqual("4h"u8)) return TimeFrame.H4;
        if (code.SequenceEqual("1d"u8)) return TimeFrame.D1;
        return null;
    }
}
