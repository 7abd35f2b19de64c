using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Vision;

/// <summary>Where the archive keeps a file of candles (spec 3.9); a local copy has the same folders.</summary>
/// <param name="Folder">Such as <c>data/futures/um/daily/klines/BTCUSDT/15m</c>.</param>
/// <param name="Name">Such as <c>BTCUSDT-15m-2025-08-17.zip</c>.</param>
public readonly record struct VisionPath(string Folder, string Name)
{
    public const string ChecksumEnding = ".CHECKSUM";

    public static VisionPath Of(SeriesInfo series, ArchivePeriod period)
    {
        var (symbol, frame) = (series.Symbol.Name, series.Frame.Code());
        return new(
            $"data/futures/um/{(period.IsMonth ? "monthly" : "daily")}/klines/{symbol}/{frame}", $"{symbol}-{frame}-{period}.zip");
    }

    /// <summary>The file's address; symbols of other scripts are percent-encoded.</summary>
    public Uri Under(Uri baseAddress, string ending = "") =>
        new(baseAddress, "/" + string.Join('/', $"{Folder}/{Name}{ending}".Split('/').Select(Uri.EscapeDataString)));

    /// <summary>The file's place in a local copy.</summary>
    public string Under(string folder) => Path.Combine([folder, .. Folder.Split('/'), Name]);
}
