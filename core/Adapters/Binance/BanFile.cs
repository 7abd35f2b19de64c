using System.Globalization;

namespace FuturesBot.Adapters.Binance;

/// <summary>
/// A ban's end in a file of its own, so that it is known before any store is open; what was used of the 5-minute limits in
/// another beside it, from the orderly end of a run to the start of the next.
/// </summary>
public sealed class BanFile(string path) : IBanMemory
{
    private const string End = "end";
    private const int LinesMax = 100;      // two limits of eleven half minutes, and room
    private const int CountMax = 100_000;

    /// <summary>What cannot be read as a time is no ban: the exchange will say so itself.</summary>
    public async Task<long> LoadAsync(CancellationToken cancel = default)
    {
        if (!File.Exists(path)) return 0;
        var text = await File.ReadAllTextAsync(path, cancel);
        return long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var untilMs) ? untilMs : 0;
    }

    public async Task SaveAsync(long bannedUntilMs, CancellationToken cancel = default)
    {
        var whole = NewFile(path);
        await File.WriteAllTextAsync(whole, bannedUntilMs.ToString(CultureInfo.InvariantCulture), cancel);
        File.Move(whole, path, overwrite: true);   // never half a number
    }

    /// <summary>One line that cannot be read, and nothing of it counts.</summary>
    public async Task<IReadOnlyList<UsedStep>?> TakeUsedAsync(CancellationToken cancel = default)
    {
        if (!File.Exists(Used)) return null;
        var lines = await File.ReadAllLinesAsync(Used, cancel);
        File.Delete(Used);
        if (lines.Length == 0 || lines.Length > LinesMax || lines[^1] != End) return null;
        var steps = new List<UsedStep>(lines.Length);
        foreach (var line in lines.SkipLast(1))
        {
            if (!TryRead(line, out var step)) return null;
            steps.Add(step);
        }

        return steps;
    }

    public void KeepUsed(IReadOnlyList<UsedStep> steps)
    {
        var whole = NewFile(Used);
        File.WriteAllLines(whole, [.. steps.Select(step => string.Create(CultureInfo.InvariantCulture, $"{step.Limit} {step.StartMs} {step.Count}")), End]);
        File.Move(whole, Used, overwrite: true);
    }

    private string Used => path + ".used";

    private static string NewFile(string path)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        return path + ".new";
    }

    private static bool TryRead(string line, out UsedStep step)
    {
        step = default;
        if (line.Split(' ') is not [var name, var start, var number]) return false;
        if (!Enum.TryParse<ExtraLimit>(name, out var limit) || !Enum.IsDefined(limit) || limit == ExtraLimit.None) return false;
        if (!long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var startMs)) return false;
        if (!int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > CountMax) return false;
        step = new(limit, startMs, count);
        return true;
    }
}
