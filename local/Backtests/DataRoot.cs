namespace FuturesBot.Local.Backtests;

/// <summary>
/// The folder below which backtests of the page read (spec 2.20 #3). What comes from outside is a path in it:
/// nothing that leads out, neither by <c>..</c> nor by a link.
/// </summary>
/// <param name="configured">As the settings say.</param>
internal sealed class DataRoot(string configured)
{
    /// <summary>Entries of a folder that are looked at; more is refused.</summary>
    public const int EntriesMax = 200_000;

    private const int LongestPath = 400;

    // A root that is itself a link is the owner's choice; from here on there is none.
    private readonly string _root = Final(Path.GetFullPath(configured));

    /// <summary>As the settings say.</summary>
    public string Name => configured;

    public bool IsThere => Directory.Exists(_root);

    public string FullPath => _root;

    /// <summary>The folder's place on the disk; null with a sentence when it is not allowed.</summary>
    /// <param name="data">Names joined by slashes; empty for the root itself.</param>
    public string? Resolve(string data, out string why)
    {
        why = "";
        if (data.Length > LongestPath) return Bad(out why, $"The path is longer than {LongestPath} characters");
        if (Path.IsPathRooted(data) || data.StartsWith('/') || data.Contains('\\', StringComparison.Ordinal) || data.Contains(':', StringComparison.Ordinal) || data.Contains('\0', StringComparison.Ordinal))
            return Bad(out why, $"'{data}' is no path below the data root: it is absolute, or holds a character that is not allowed");
        if (!IsThere) return Bad(out why, $"The data root '{configured}' does not exist");

        var at = _root;
        foreach (var name in data.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name is ".") continue;
            if (name is "..") return Bad(out why, $"'{data}' leads upwards");
            at = Path.Combine(at, name);
            if (IsLink(at)) return Bad(out why, $"'{data}' passes a link, {name}");
            if (!Directory.Exists(at)) return Bad(out why, $"There is no folder '{data}' below the data root");
        }

        return LinkIn(at) is { } fault ? Bad(out why, fault) : at;
    }

    /// <summary>A link among the folder's entries would be read like a file of it.</summary>
    private string? LinkIn(string folder)
    {
        var (seen, open) = (0, new Stack<string>([folder]));
        while (open.TryPop(out var next))
        {
            foreach (var entry in new DirectoryInfo(next).EnumerateFileSystemInfos())
            {
                if (++seen > EntriesMax) return $"The folder holds more than {EntriesMax} entries; name one in it";
                if (entry.LinkTarget is not null || entry.Attributes.HasFlag(FileAttributes.ReparsePoint))
                    return $"The folder holds a link, {Path.GetRelativePath(_root, entry.FullName)}; links are not followed";
                if (entry is DirectoryInfo) open.Push(entry.FullName);
            }
        }

        return null;
    }

    private static bool IsLink(string path) =>
        new FileInfo(path) is { LinkTarget: not null } || (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is not null);

    private static string Final(string path) =>
        Directory.Exists(path) ? Directory.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;

    private static string? Bad(out string why, string sentence)
    {
        why = sentence;
        return null;
    }
}
