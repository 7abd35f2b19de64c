using System.Globalization;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// Archive files into the store. The store remembers the check sum of each file beside its candles: a file is not read
/// twice, one that was revised is, and a process that dies in between does it once more and finds nothing changed. The
/// archive is the exchange's last word: a stored candle with other values gives way, and is counted.
/// </summary>
public sealed class ArchiveToStore(ICandleArchive archive, ICandleStore candles, ISignalStore memory) : IArchiveTaker
{
    public async Task<DownloadedFile> TakeAsync(SeriesInfo series, ArchivePeriod period, CancellationToken cancel = default)
    {
        var name = $"archive {series} {period}";
        var stored = await candles.ReadAsync(series, period.FromMs, period.ToMs, cancel: cancel);
        var (sha, count) = Parse(await memory.LoadValueAsync(name, cancel));

        // Candles of it may have been forgotten since.
        var known = stored.Count >= count ? sha : null;
        var read = await archive.ReadAsync(series, period, known, cancel);
        if (read.State != ArchiveState.Read) return new(series, period, read.State, Fault: read.Fault);

        var now = stored.ToDictionary(candle => candle.OpenTimeMs);
        foreach (var candle in read.Candles) now[candle.OpenTimeMs] = candle;

        var counts = await candles.ReplaceAsync(series, period.FromMs, period.ToMs, now.Values.ToArray(), cancel);
        await memory.CommitAsync(
            new()
            {
                Values = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [name] = string.Create(CultureInfo.InvariantCulture, $"{read.Sha256} {read.Candles.Count}"),
                },
            },
            cancel);
        return new(
            series, period, ArchiveState.Read, counts with { Same = counts.Same - (now.Count - read.Candles.Count) }, read.Refused,
            IsRevised: sha is not null && sha != read.Sha256);
    }

    private static (string? Sha256, int Count) Parse(string? value)
    {
        var parts = value?.Split(' ');
        return parts is [var sha, var count] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var candles)
            ? (sha, candles)
            : (null, 0);
    }
}
