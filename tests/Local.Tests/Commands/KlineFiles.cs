using System.Globalization;
using System.IO.Compression;
using FuturesBot.Domain.Market;

namespace FuturesBot.Local.Tests.Commands;

/// <summary>Kline files in the layout of the exchange's archives.</summary>
internal static class KlineFiles
{
    public const string Header =
        "open_time,open,high,low,close,volume,close_time,quote_volume,count,"
        + "taker_buy_volume,taker_buy_quote_volume,ignore";

    public static string Row(in Candle bar, TimeFrame frame) => string.Create(
        CultureInfo.InvariantCulture,
        $"{bar.OpenTimeMs},{bar.Open:R},{bar.High:R},{bar.Low:R},{bar.Close:R},{bar.Volume:R},")
        + string.Create(
            CultureInfo.InvariantCulture, $"{bar.CloseTimeMs(frame) - 1},,,{bar.TakerBuyVolume:R},,0");

    /// <summary>Writes rows, packed when the name ends with <c>.gz</c>.</summary>
    public static string Write(string path, IEnumerable<string> rows)
    {
        using Stream file = File.Create(path);
        using var packed = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionLevel.Fastest)
            : file;
        using var text = new StreamWriter(packed);
        text.Write(Header + "\n");
        foreach (var row in rows) text.Write(row + "\n");
        return path;
    }

    public static string Write(string path, IEnumerable<Candle> bars, TimeFrame frame) =>
        Write(path, bars.Select(bar => Row(bar, frame)));
}
