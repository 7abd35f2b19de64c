namespace FuturesBot.Architecture.Tests;

/// <summary>The files of this repository as they are committed: build output and run output left out.</summary>
public static class Repository
{
    private static readonly string[] Ignored =
        ["bin", "obj", ".git", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", "artifacts", "dist", "wwwroot", ".vs", ".idea", ".azure"];

    private static readonly string[] IgnoredAtRoot = ["state", "logs", "data", "out"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file, relative to the root, with <c>/</c> between the parts.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. Walk(new(Root)).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Projects => Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static IEnumerable<string> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
        {
            if (file.Name is not ".git") yield return Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');
        }

        var isRoot = string.Equals(folder.FullName, Root, StringComparison.Ordinal);
        foreach (var below in folder.EnumerateDirectories())
        {
            if (Ignored.Contains(below.Name) || (isRoot && IgnoredAtRoot.Contains(below.Name))) continue;
            foreach (var file in Walk(below)) yield return file;
        }
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Serverless.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("No Serverless.sln above the test's folder");
    }
}
