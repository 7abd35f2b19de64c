using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance.Vision;

/// <summary>
/// A local copy of archive files, in the archive's folders, each with its check sum beside it: what <c>backtest --data</c>
/// reads. A file that is here in the published version is left alone; one that was revised is replaced.
/// </summary>
public sealed class VisionMirror(VisionClient client, string folder) : IArchiveTaker
{
    public async Task<DownloadedFile> TakeAsync(SeriesInfo series, ArchivePeriod period, CancellationToken cancel = default)
    {
        var path = VisionPath.Of(series, period);
        var file = path.Under(folder);
        var note = file + VisionPath.ChecksumEnding;
        try
        {
            var sha256 = await client.ChecksumAsync(path, cancel);
            if (sha256 is null) return new(series, period, ArchiveState.NotThere);
            var isHere = File.Exists(file);
            if (isHere && await VisionClient.HashAsync(file, cancel) == sha256)
            {
                await NoteAsync(note, sha256, path.Name, cancel);
                return new(series, period, ArchiveState.Same);
            }

            await client.DownloadAsync(path, sha256, file, cancel);
            await NoteAsync(note, sha256, path.Name, cancel);
            return new(series, period, ArchiveState.Read, IsRevised: isHere);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(series, period, ArchiveState.Unusable, Fault: e.Message);
        }
    }

    // As sha256sum reads it; written after the file, so that it never promises too much.
    private static Task NoteAsync(string note, string sha256, string name, CancellationToken cancel) =>
        File.WriteAllTextAsync(note, $"{sha256}  {name}\n", cancel);
}
