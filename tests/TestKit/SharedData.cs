namespace FuturesBot.TestKit;

/// <summary>
/// Real recordings that lie beside the repository on some machines (<c>../shared/data</c>). They are no
/// part of it: a test that needs one is skipped, visibly, where they are absent.
/// </summary>
public static class SharedData
{
    /// <summary>Why a test that needs the recordings did not run.</summary>
    public const string Absent = "needs the market recordings in ../shared/data, which are not on this machine";

    /// <summary>The recordings' folder, or null.</summary>
    public static string? Root { get; } = Find();

    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([Root ?? throw new InvalidOperationException(Absent), .. parts]);

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(folder.FullName, "Serverless.sln"))) continue;
            var data = System.IO.Path.Combine(folder.FullName, "..", "shared", "data");
            return Directory.Exists(data) ? System.IO.Path.GetFullPath(data) : null;
        }

        return null;
    }
}
