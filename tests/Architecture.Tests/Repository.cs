using System.ComponentModel;
using System.Diagnostics;

namespace FuturesBot.Architecture.Tests;

/// <summary>The files of this repository: those git knows, or in a copy without git all but build and run output.</summary>
public static class Repository
{
    private static readonly string[] Ignored =
        ["bin", "obj", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts", "artifacts", "dist", "wwwroot"];

    private static readonly string[] DotFolders = [".ci", ".config", ".github"];

    private static readonly string[] IgnoredAtRoot = ["state", "logs", "data", "out"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every file, relative to the root, with <c>/</c> between the parts.</summary>
    public static IReadOnlyList<string> Files { get; } = [.. (FromGit() ?? Walk(new(Root))).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Projects => Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static IEnumerable<string>? FromGit()
    {
        if (!Path.Exists(Path.Combine(Root, ".git"))) return null;
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z"])
            {
                WorkingDirectory = Root,
                UseShellExecute = false,
                RedirectStandardOutput = true,
            })!;
            var listed = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            if (git.ExitCode != 0) return null;   // such as a checkout that belongs to another user
            return listed.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(file => File.Exists(Path.Combine(Root, file)));
        }
        catch (Win32Exception)   // git is not installed
        {
            return null;
        }
    }

    private static IEnumerable<string> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles())
        {
            if (file.Name is not ".git") yield return Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');
        }

        var isRoot = string.Equals(folder.FullName, Root, StringComparison.Ordinal);
        foreach (var below in folder.EnumerateDirectories())
        {
            if (below.Name.StartsWith('.') && !DotFolders.Contains(below.Name)) continue;
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
