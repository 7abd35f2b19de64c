using System.Globalization;
using System.IO.Compression;
using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>A kline file in the layout of the public archive: <c>.csv</c>, <c>.csv.gz</c> or a <c>.zip</c> with one entry.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Symbol">From its name.</param>
/// <param name="Interval">From its name.</param>
internal sealed record ReplayFile(string Path, Symbol Symbol, KlineInterval Interval)
{
    // A row has about 150 characters; a month of minutes is below 10 MB.
    private const int LineMax = 1_000;
    private const long BytesMax = 4L << 30;
    private const int ColumnsMin = 6;

    // Files with times beyond the year 5000 in milliseconds write microseconds.
    private const long MicrosecondsFrom = 100_000_000_000_000;

    /// <summary>Names such as <c>BTCUSDT-1m-2025-10.zip</c> and <c>ETHUSDT-5m.csv.gz</c>; null for others.</summary>
    public static ReplayFile? FromName(string path)
    {
        var name = System.IO.Path.GetFileName(path);
        if (!(name.EndsWith(".csv", StringComparison.Ordinal) || name.EndsWith(".csv.gz", StringComparison.Ordinal)
              || name.EndsWith(".zip", StringComparison.Ordinal))) return null;
        var parts = name[..name.IndexOf('.', StringComparison.Ordinal)].Split('-');
        return parts.Length >= 2 && Symbol.TryParse(parts[0], out var symbol) && KlineIntervals.TryParse(parts[1], out var interval)
            ? new(path, symbol, interval)
            : null;
    }

    /// <summary>The sound rows in order of the file; the others are reported with their line and the reason.</summary>
    /// <exception cref="InvalidDataException">Damaged, a zip with more than one entry, or larger than any kline file.</exception>
    public IEnumerable<ReplayRow> Rows(Action<string> report)
    {
        using var stream = Open();
        using var reader = new StreamReader(stream);
        var line = new char[LineMax];
        long number = 0, bytes = 0;
        while (true)
        {
            var length = ReadLine(reader, line, ref bytes);
            if (length < 0) yield break;
            number++;
            if (bytes > BytesMax) throw new InvalidDataException($"{Path} unpacks to more than {BytesMax} bytes");
            if (length == 0 || (number == 1 && !char.IsAsciiDigit(line[0]))) continue;
            if (TryParse(line.AsSpan(0, length), out var row, out var fault)) yield return row;
            else report($"{Path}, line {number}: {fault}");
        }
    }

    private Stream Open()
    {
        var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (Path.EndsWith(".gz", StringComparison.Ordinal)) return new GZipStream(file, CompressionMode.Decompress);
        if (!Path.EndsWith(".zip", StringComparison.Ordinal)) return file;
        var zip = new ZipArchive(file, ZipArchiveMode.Read);
        return zip.Entries.Count == 1
            ? zip.Entries[0].Open()
            : throw new InvalidDataException($"{Path} holds {zip.Entries.Count} files; one is needed");
    }

    // −1 at the end. What is longer than any row is cut: it cannot be parsed, and memory stays bounded.
    private static int ReadLine(StreamReader reader, char[] line, ref long bytes)
    {
        var length = 0;
        for (int next; (next = reader.Read()) >= 0;)
        {
            bytes++;
            if (next == '\n') return length;
            if (next != '\r' && length < line.Length) line[length++] = (char)next;
        }

        return length > 0 ? length : -1;
    }

    private bool TryParse(ReadOnlySpan<char> line, out ReplayRow row, out string fault)
    {
        row = default;
        Span<Range> columns = stackalloc Range[13];
        var count = line.Split(columns, ',');
        fault = $"{count} columns";
        if (count < ColumnsMin) return false;
        fault = "a time, price or volume is no number";
        if (!TryNumber(line[columns[0]], out var time)) return false;
        for (var i = 1; i < ColumnsMin; i++)
        {
            if (!TryNumber(line[columns[i]], out _)) return false;
        }

        var openMs = (long)(time >= MicrosecondsFrom ? time / 1000 : time);
        row = new(
            openMs, Number(line[columns[1]]), Number(line[columns[2]]), Number(line[columns[3]]), Number(line[columns[4]]),
            Number(line[columns[5]]), Sum(line, columns, 7, count), (long?)Optional(line, columns, 8, count),
            Optional(line, columns, 9, count), Sum(line, columns, 10, count));
        fault = Interval.OpenOf(openMs) != openMs ? $"open time {openMs} does not begin a candle of {Interval.Code()}"
            : row.Low <= 0 ? $"low was {row.Low}"
            : row.High < Math.Max(row.Open, row.Close) || row.Low > Math.Min(row.Open, row.Close) ? "open or close is outside low to high"
            : row.Volume < 0 ? $"volume was {row.Volume}"
            : "";
        return fault.Length == 0;
    }

    private static decimal? Optional(ReadOnlySpan<char> line, ReadOnlySpan<Range> columns, int column, int count) =>
        column < count && TryNumber(line[columns[column]], out var value) && value >= 0 ? value : null;

    // Sums of prices times quantities have no step: they stay what the text says to the last bit.
    private static double? Sum(ReadOnlySpan<char> line, ReadOnlySpan<Range> columns, int column, int count) =>
        column < count && double.TryParse(line[columns[column]], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            && value is >= 0 and < 1e30 ? value : null;

    private static decimal Number(ReadOnlySpan<char> text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool TryNumber(ReadOnlySpan<char> text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && Math.Abs(value) < 1e18m;
}
