using System.Globalization;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>
/// How candles lie in rows: a row holds a series' candles of one bucket of time, a partition all symbols of a frame in that
/// bucket. So what closes at one moment is written by one transaction for each hundred symbols, and a warm-up reads a row a bucket.
/// </summary>
internal static class CandleBuckets
{
    private const long HourMs = 3_600_000;

    /// <summary>Length of a bucket: 48 to 96 candles, few enough to rewrite with each new one.</summary>
    public static long LengthMs(TimeFrame frame) => frame.Minutes() switch
    {
        1 => HourMs,
        5 => 4 * HourMs,
        15 => 24 * HourMs,
        60 => 48 * HourMs,
        240 => 16 * 24 * HourMs,
        _ => 64 * frame.Ms(),
    };

    /// <summary>Candles of a whole bucket.</summary>
    public static long CandlesOf(TimeFrame frame) => LengthMs(frame) / frame.Ms();

    /// <summary>Start of the bucket that holds a time.</summary>
    public static long StartOf(TimeFrame frame, long timeMs)
    {
        var length = LengthMs(frame);
        return timeMs - (((timeMs % length) + length) % length);
    }

    public static string PartitionOf(TimeFrame frame, long bucketMs) =>
        string.Create(CultureInfo.InvariantCulture, $"{frame.Code()}|{bucketMs:D14}");

    public static string KeyOf(SeriesInfo series) => TableKey.Of(series.Symbol.Name);
}
