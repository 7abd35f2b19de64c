using FuturesBot.Adapters.Files;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Vision;

/// <summary>
/// The candles of archive files. A file is kept in the working folder while it is read, so that one that was cut off goes
/// on where it was, and deleted afterwards.
/// </summary>
/// <param name="client">Gets the files.</param>
/// <param name="folder">Working folder; made when it is missing.</param>
/// <param name="limits">Bounds.</param>
public sealed class VisionArchive(VisionClient client, string folder, VisionLimits limits) : ICandleArchive
{
    /// <summary>Called for each row that is refused; may be null.</summary>
    public Action<KlineRowError>? OnRefused { get; init; }

    public async Task<ArchiveRead> ReadAsync(
        SeriesInfo series, ArchivePeriod period, string? known = null, CancellationToken cancel = default)
    {
        var path = VisionPath.Of(series, period);
        try
        {
            var sha256 = await client.ChecksumAsync(path, cancel);
            if (sha256 is null) return ArchiveRead.NotThere;
            if (sha256 == known) return ArchiveRead.Same(sha256);
            var file = Path.Combine(folder, path.Name);
            await client.DownloadAsync(path, sha256, file, cancel);
            try
            {
                return Read(series, period, file, sha256);
            }
            finally
            {
                File.Delete(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return ArchiveRead.Unusable(e.Message);
        }
    }

    private ArchiveRead Read(SeriesInfo series, ArchivePeriod period, string file, string sha256)
    {
        var candles = new List<Candle>();
        long outside = 0;
        using var reader = new KlineFileReader(file, series, OnRefused, limits.Unpacked);
        while (reader.TryRead(out var candle))
        {
            if (candle.OpenTimeMs >= period.FromMs && candle.OpenTimeMs < period.ToMs) candles.Add(candle);
            else outside++;
        }

        return new(ArchiveState.Read, candles, reader.Counts.Refused + outside, sha256);
    }
}
