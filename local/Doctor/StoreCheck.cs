using FuturesBot.Adapters.Sqlite;
using FuturesBot.Local.Running;

namespace FuturesBot.Local.Doctor;

/// <summary>Can the state be kept here, and is what is kept whole?</summary>
internal static class StoreCheck
{
    private const string Area = "store";
    private const long FreeBytesMin = 1L << 30;

    // Upsert and row values are used.
    private static readonly Version SqliteMin = new(3, 24);

    public static IEnumerable<Finding> Run(string state)
    {
        var library = Library();
        yield return library;
        if (library.Level == FindingLevel.Fault) yield break;
        if (File.Exists(state))
        {
            yield return Finding.Fault(Area, $"the state folder '{state}' is a file", "Choose another folder with --state");
            yield break;
        }

        if (!Directory.Exists(state))
        {
            yield return Writable(Existing(state))
                ?? Finding.Ok(Area, $"the state folder '{state}' is not there yet; the first run makes it");
            yield break;
        }

        if (Writable(state) is { } fault)
        {
            yield return fault;
            yield break;
        }

        foreach (var finding in OfFolder(state)) yield return finding;
    }

    private static IEnumerable<Finding> OfFolder(string state)
    {
        using var folder = StateFolder.TryTake(state);
        if (folder is null)
            yield return Finding.Warning(Area, $"a run is using '{state}'", "Nothing, if that is meant; two runs never share a state folder");
        var file = Path.Combine(state, StateFolder.StoreName);
        if (!File.Exists(file))
        {
            yield return Finding.Ok(Area, $"'{state}' is writable and has no store yet; the first run makes it");
            yield break;
        }

        yield return OfFile(file);
        var free = new DriveInfo(Path.GetFullPath(state)).AvailableFreeSpace;
        if (free < FreeBytesMin)
            yield return Finding.Warning(Area, $"{free / 1e9:0.0} GB are free where the state is kept", "Make room: a store of 300 symbols grows to some gigabytes");
    }

    private static Finding OfFile(string file)
    {
        try
        {
            var found = SqliteStore.Examine(file);
            if (found.Version > found.Known)
            {
                return Finding.Fault(
                    Area, $"'{file}' has schema version {found.Version}; this program knows up to {found.Known}",
                    "Start the newer program that made it, or choose another state folder");
            }

            return found.Damages.Count == 0
                ? Finding.Ok(Area, $"'{file}' is whole: {found.Bytes / 1e6:0.0} MB, schema version {found.Version}")
                : Finding.Fault(
                    Area, $"'{file}' is damaged: {string.Join("; ", found.Damages)}",
                    "Copy the state folder away, and start with another: candles come back from the exchange, signals do not");
        }
        catch (StoreUnavailableException wrong)
        {
            return Finding.Fault(Area, $"{wrong.Message}", "Choose another folder with --state, or move the file away");
        }
    }

    private static Finding Library()
    {
        try
        {
            return Version.TryParse(SystemSqlite.Version, out var version) && version < SqliteMin
                ? Finding.Fault(Area, $"SQLite here is {version}; {SqliteMin} is needed", SystemSqlite.InstallLine)
                : Finding.Ok(Area, $"SQLite {SystemSqlite.Version}");
        }
        catch (StoreUnavailableException wrong)
        {
            return Finding.Fault(Area, $"{wrong.Message}", SystemSqlite.InstallLine);
        }
    }

    private static string Existing(string folder)
    {
        while (!Directory.Exists(folder)) folder = Path.GetDirectoryName(folder) ?? ".";
        return folder;
    }

    private static Finding? Writable(string folder)
    {
        var probe = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            return Finding.Fault(Area, $"nothing can be written to '{folder}': {wrong.Message}", "Let this user write there, or choose another folder with --state");
        }
    }
}
