namespace FuturesBot.Functions.Tests;

/// <summary>Where the files of this repository lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "Serverless.sln"))) return folder;
        }

        throw new InvalidOperationException($"{AppContext.BaseDirectory} lies in no checkout of the repository");
    }
}
