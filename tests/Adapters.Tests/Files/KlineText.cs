using System.Globalization;
using System.IO.Compression;
using System.Text;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Tests.Files;

/// <summary>Kline files made of candles, as Binance writes them.</summary>
internal static class KlineText
{
    public const string Header =
        "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore";

    public const long Start = 1_735_689_600_000;   // 2025-01-01

    public static string Row(in Candle bar, TimeFrame frame, bool micro = false)
    {
        var scale = micro ? 1000 : 1;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{bar.OpenTimeMs * scale},{bar.Open:R},{bar.High:R},{bar.Low:R},{bar.Close:R},{bar.Volume:R},"
            + $"{(bar.CloseTimeMs(frame) * scale) - 1},{Optional(bar.QuoteVolume)},{(bar.Trades < 0 ? "" : bar.Trades)},"
            + $"{Optional(bar.TakerBuyVolume)},,");
    }

    public static string File(IEnumerable<Candle> bars, TimeFrame frame, bool header = true, bool micro = false)
    {
        var text = new StringBuilder();
        if (header) text.Append(Header).Append('\n');
        foreach (var bar in bars) text.Append(Row(bar, frame, micro)).Append('\n');
        return text.ToString();
    }

    public static void Write(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (path.EndsWith(".zip", StringComparison.Ordinal))
        {
            using var zip = new ZipArchive(System.IO.File.Create(path), ZipArchiveMode.Create);
            using var entry = zip.CreateEntry(Path.GetFileName(Path.ChangeExtension(path, ".csv"))).Open();
            entry.Write(bytes);
        }
        else if (path.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(System.IO.File.Create(path), CompressionLevel.Optimal);
            gzip.Write(bytes);
        }
        else
        {
            System.IO.File.WriteAllBytes(path, bytes);
        }
    }

    private static string Optional(double value) =>
        double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);
}
