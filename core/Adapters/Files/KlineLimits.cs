namespace FuturesBot.Adapters.Files;

/// <summary>
/// What a kline file may cost at most. A file beyond a bound is refused with a clear error (spec 2.20
/// #4).
/// </summary>
public sealed record KlineLimits
{
    public static KlineLimits Default { get; } = new();

    /// <summary>Unpacked bytes of one file. A decade of 1m candles is under 1 GiB.</summary>
    public long UnpackedBytesMax { get; init; } = 4L << 30;

    /// <summary>
    /// Unpacked bytes per packed byte. Klines pack 3 to 8 times; constant prices some 50 times.
    /// </summary>
    public int RatioMax { get; init; } = 200;

    /// <summary>Unpacked bytes that are read before the ratio is looked at: tiny files pack oddly.</summary>
    public long RatioFreeBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of one row. The longest real one has under 200.</summary>
    public int LineBytesMax { get; init; } = 1024;
}
