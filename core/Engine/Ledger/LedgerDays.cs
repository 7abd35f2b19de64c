using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FuturesBot.Engine.Ledger;

/// <summary>The UTC days of a running system's ledger, found again in its lines: what each of them ends in.</summary>
public static class LedgerDays
{
    private const string KindHead = "\"kind\":\"";
    private const string TimeHead = "\",\"time\":";

    /// <summary>The day that a closing time belongs to; its midnight is the day's before.</summary>
    public static DateOnly DayOf(long closeMs) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(closeMs - 1).UtcDateTime);

    /// <summary>Every day that has lines, in order; the last may go on.</summary>
    /// <param name="ledger">A ledger whose chain is whole, read from its current position to its end.</param>
    public static IReadOnlyList<DayRoot> Read(Stream ledger)
    {
        var days = new List<DayRoot>();
        DateOnly? day = null, afterBar = null;
        var seq = 0L;
        using var lines = new StreamReader(ledger, Encoding.Latin1, detectEncodingFromByteOrderMarks: false, leaveOpen: true);   // a character a byte
        while (lines.ReadLine() is { } line)
        {
            seq++;
            var kind = KindOf(line, out var payload);
            long? time = kind == LedgerKind.Header ? BeginOf(line) : TimeOf(line, payload);
            DateOnly? said = time is { } at ? DayOf(at) : null;
            if (kind == LedgerKind.Event && afterBar > said) said = afterBar;   // an open is told by the closing time behind it
            if (kind == LedgerKind.Bar && time is { } closeMs) afterBar = DayOf(closeMs + 1);
            var isNew = days.Count == 0 || said > day;
            if (day is null || said > day) day = said ?? day;
            if (day is not { } present) continue;   // no line of ours
            var hash = line.Substring(line.Length - LedgerFormat.End.Length - LedgerFormat.HashChars, LedgerFormat.HashChars);
            if (isNew) days.Add(new(present, seq, seq, line.Length + 1, hash));
            else days[^1] = days[^1] with { LastSeq = seq, Bytes = days[^1].Bytes + line.Length + 1, Hash = hash };
        }

        return days;
    }

    private static string KindOf(string line, out int end)
    {
        var from = line.IndexOf(KindHead, StringComparison.Ordinal) + KindHead.Length;
        end = line.IndexOf('"', from);
        return line[from..end];
    }

    private static long? TimeOf(string line, int kindEnd)
    {
        if (string.CompareOrdinal(line, kindEnd, TimeHead, 0, TimeHead.Length) != 0) return null;
        var from = kindEnd + TimeHead.Length;
        var to = line.IndexOfAny([',', '}'], from);
        return long.TryParse(line.AsSpan(from, to - from), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var time) ? time : null;
    }

    /// <summary>The first closing time that a run can decide on.</summary>
    private static long? BeginOf(string line)
    {
        using var header = JsonDocument.Parse(line);
        return header.RootElement.TryGetProperty("run", out var run) && run.ValueKind == JsonValueKind.Object
            && run.TryGetProperty("decideFromMs", out var from) && from.TryGetInt64(out var decideFromMs)
            ? decideFromMs + 1
            : null;
    }
}
