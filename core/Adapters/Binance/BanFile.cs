using System.Globalization;

namespace FuturesBot.Adapters.Binance;

/// <summary>A ban's end in a file of its own, so that it is known before any store is open.</summary>
public sealed class BanFile(string path) : IBanMemory
{
    /// <summary>What cannot be read as a time is no ban: the exchange will say so itself.</summary>
    public async Task<long> LoadAsync(CancellationToken cancel = default)
    {
        if (!File.Exists(path)) return 0;
        var text = await File.ReadAllTextAsync(path, cancel);
        return long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var untilMs) ? untilMs : 0;
    }

    public async Task SaveAsync(long bannedUntilMs, CancellationToken cancel = default)
    {
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        var whole = path + ".new";
        await File.WriteAllTextAsync(whole, bannedUntilMs.ToString(CultureInfo.InvariantCulture), cancel);
        File.Move(whole, path, overwrite: true);   // never half a number
    }
}
