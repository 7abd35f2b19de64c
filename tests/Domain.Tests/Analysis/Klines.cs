using System.Globalization;
using System.IO.Compression;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Tests.Analysis;

/// <summary>Reads the recordings of the Binance Vision layout for these tests.</summary>
internal static class Klines
{
    public static Candle[] Read(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        reader.ReadLine();   // the header
        var bars = new List<Candle>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            bars.Add(new(
                long.Parse(cells[0], CultureInfo.InvariantCulture),
                Number(cells[1]), Number(cells[2]), Number(cells[3]), Number(cells[4]), Number(cells[5]),
                TakerBuyVolume: cells[9].Length == 0 ? double.NaN : Number(cells[9])));
        }

        return [.. bars];
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
