using System.Reflection;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace FuturesBot.Adapters.Sqlite;

/// <summary>
/// Binds to the operating system's own SQLite, which the system's updates keep safe; the library that
/// comes as a package is of 2021.
/// </summary>
public static class SystemSqlite
{
    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Version of the library, such as <c>3.40.1</c>.</summary>
    /// <exception cref="StoreUnavailableException">There is none; the message says how to get it.</exception>
    public static string Version => Loaded.Value;

    /// <summary>Names under which systems have it, the likeliest first.</summary>
    public static IReadOnlyList<string> Names { get; } =
        OperatingSystem.IsWindows() ? ["winsqlite3.dll", "sqlite3.dll"]
        : OperatingSystem.IsMacOS() ? ["/usr/lib/libsqlite3.dylib", "libsqlite3.dylib"]
        : ["libsqlite3.so.0", "libsqlite3.so"];

    /// <summary>The one line that installs it here.</summary>
    public static string InstallLine =>
        OperatingSystem.IsWindows() ? "winget install SQLite.SQLite"
        : OperatingSystem.IsMacOS() ? "brew install sqlite"
        : "sudo apt-get install -y libsqlite3-0";

    /// <summary>Loads the first of <paramref name="names"/> that is there.</summary>
    /// <exception cref="StoreUnavailableException">None is there.</exception>
    internal static nint Find(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var library)) return library;
        }

        throw new StoreUnavailableException(
            $"SQLite's shared library is not on this machine (looked for {string.Join(", ", names)}). "
            + $"Install it: {InstallLine}");
    }

    private static string Load()
    {
        var library = Find(Names);
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly, Resolve);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        raw.FreezeProvider();
        return raw.sqlite3_libversion().utf8_to_string();

        nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
            name == "e_sqlite3" ? library : 0;
    }
}
