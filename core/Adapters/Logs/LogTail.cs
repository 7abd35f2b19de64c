using System.Globalization;
using System.Text.Json;
using FuturesBot.Adapters.Binance;

namespace FuturesBot.Adapters.Logs;

/// <summary>
/// Reads the rolling log files from their ends backwards, so that the newest lines cost the same however long
/// the files are. What looks like a secret is taken out once more.
/// </summary>
/// <param name="folder">Folder of the files.</param>
public sealed class LogTail(string folder)
{
    /// <summary>Bytes that one reading looks at, over all files.</summary>
    public const int BytesMax = 8 << 20;

    private const int Block = 64 << 10;
    private const int LongestLine = 256 << 10;

    private static readonly Redactor Redactor = new();

    /// <summary>Lines at or above a level, newest first.</summary>
    /// <param name="name">main or action-price.</param>
    /// <param name="wanted">Which lines; asked with the newest first.</param>
    /// <param name="sinceMs">Older lines are not looked for.</param>
    /// <param name="limit">Lines at most.</param>
    public LogTailPage Read(string name, Func<LogTailLine, bool> wanted, long sinceMs, int limit)
    {
        var lines = new List<LogTailLine>();
        var (left, unreadable) = (BytesMax, 0);
        if (!Directory.Exists(folder)) return new(lines, Complete: true, unreadable);
        foreach (var file in Directory.EnumerateFiles(folder, $"{name}-*.jsonl").OrderDescending(StringComparer.Ordinal))
        {
            foreach (var bytes in Backwards(file, () => left, used => left -= used))
            {
                if (Parse(bytes) is not { } line)
                {
                    unreadable++;
                    continue;
                }

                // Within a file a late line may stand after a newer one, but never by more than a moment.
                if (line.AtMs < sinceMs) return new(lines, Complete: true, unreadable);
                if (!wanted(line)) continue;
                lines.Add(line);
                if (lines.Count == limit) return new(lines, Complete: true, unreadable);
            }

            if (left <= 0) return new(lines, Complete: false, unreadable);
        }

        return new(lines, Complete: true, unreadable);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Backwards(string file, Func<int> left, Action<int> use)
    {
        // The program writes on while we read, and the day's turn may remove the file.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var position = stream.Length;
        byte[] tail = [];
        while (position > 0 && left() > 0)
        {
            var size = (int)Math.Min(Math.Min(Block, position), left());
            use(size);
            position -= size;
            var data = new byte[size + tail.Length];
            stream.Position = position;
            stream.ReadExactly(data, 0, size);
            tail.CopyTo(data, size);
            var end = data.Length;
            for (var at = data.AsSpan(0, end).LastIndexOf((byte)'\n'); at >= 0; at = data.AsSpan(0, end).LastIndexOf((byte)'\n'))
            {
                if (end > at + 1) yield return data.AsMemory(at + 1, end - at - 1);
                end = at;
            }

            tail = end > LongestLine ? [] : data[..end];
        }

        if (position == 0 && tail.Length > 0) yield return tail;
    }

    private static LogTailLine? Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes);
            var line = document.RootElement;
            var at = DateTimeOffset.Parse(line.GetProperty("Timestamp").GetString()!, CultureInfo.InvariantCulture);
            var category = line.TryGetProperty("Properties", out var properties)
                && properties.TryGetProperty("SourceContext", out var source) ? source.ToString() : "";
            var exception = line.TryGetProperty("Exception", out var fault) ? Redactor.Clean(fault.ToString()) : null;
            return new(
                at.ToUnixTimeMilliseconds(), line.GetProperty("Level").GetString()!.ToLowerInvariant(), category,
                Redactor.Clean(line.GetProperty("RenderedMessage").GetString()), exception);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            return null;   // counted: a line that is being written, or none of ours
        }
    }
}
