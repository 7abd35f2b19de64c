using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Files;

/// <summary>
/// Symbol and time frame from a file's name, <c>SYMBOL-15m[-anything].csv</c> with <c>-</c>, <c>_</c> or
/// <c>.</c> between the parts, or else from its folders, <c>…/SYMBOL/15m/anything.csv</c> (Binance Vision).
/// </summary>
public static class KlineFileName
{
    private static readonly string[] Endings = [".csv", ".csv.gz", ".zip"];
    private static readonly char[] Separators = ['-', '_', '.'];

    /// <summary>True for endings that <see cref="KlineFileReader"/> opens.</summary>
    public static bool IsReadable(string path) =>
        Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    public static bool TryParse(string path, out SeriesInfo? series)
    {
        series = FromName(Path.GetFileName(path)) ?? FromFolders(path);
        return series is not null;
    }

    /// <summary>
    /// Time frame of a file whose name does not say it, from the times of its first whole row; null when
    /// there is none.
    /// </summary>
    /// <exception cref="KlineFileException">The file cannot be opened, or is damaged.</exception>
    public static TimeFrame? FrameOf(string path)
    {
        foreach (var frame in TimeFrames.All)
        {
            // A row is only accepted by the frame that its close time ends.
            using var reader = new KlineFileReader(path, new(Symbol.Btc, frame));
            if (reader.TryRead(out _)) return frame;
        }

        return null;
    }

    private static SeriesInfo? FromName(string name)
    {
        // A symbol may hold separators itself (BTCUSDT_260327): the first part that is a frame ends it.
        for (var at = name.IndexOfAny(Separators); at > 0; at = name.IndexOfAny(Separators, at + 1))
        {
            var rest = name[(at + 1)..];
            var end = rest.IndexOfAny(Separators);
            if (end < 0) return null;
            if (TimeFrames.TryParse(rest[..end], out var frame))
                return Symbol.TryParse(name[..at], out var symbol) ? new(symbol, frame) : null;
        }

        return null;
    }

    private static SeriesInfo? FromFolders(string path)
    {
        var folder = Path.GetDirectoryName(path);
        return TimeFrames.TryParse(Path.GetFileName(folder), out var frame)
               && Symbol.TryParse(Path.GetFileName(Path.GetDirectoryName(folder)), out var symbol)
            ? new(symbol, frame)
            : null;
    }
}
