using FuturesBot.Adapters.Files;

namespace FuturesBot.Adapters.Binance.Vision;

/// <summary>What an archive file may cost at most. A file beyond a bound is refused (spec 2.20 #4).</summary>
public sealed record VisionLimits
{
    /// <summary>Bytes of a file as it is sent. A month of 1m candles has some 2 MB.</summary>
    public long PackedBytesMax { get; init; } = 64L << 20;

    /// <summary>What unpacking may cost. A month of 1m candles has some 6 MB.</summary>
    public KlineLimits Unpacked { get; init; } = new() { UnpackedBytesMax = 256L << 20 };

    /// <summary>Longest wall time for one file.</summary>
    public TimeSpan FileTimeout { get; init; } = TimeSpan.FromMinutes(2);
}
