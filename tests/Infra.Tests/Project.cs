namespace FuturesBot.Infra.Tests;

/// <summary>The repository's files, and the table of all types where it lies beside the repository.</summary>
public static class Project
{
    /// <summary>Why a test that needs the whole table did not run.</summary>
    public const string TypesAbsent = "needs the table of all types in ../shared/azure-types (or in the folder FUTURESBOT_AZURE_TYPES names), which is not on this machine";

    public static string Root { get; } = FindRoot();

    public static string Templates => Path.Combine(Root, "infra-bicep");

    public static string Own => Path.Combine(Root, "tests", "Infra.Tests");

    public static string? AllTypes { get; } = FindTypes();

    public static string? Read(string folder, string path)
    {
        var file = Path.Combine(folder, path);
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    private static string? FindTypes()
    {
        var folder = Environment.GetEnvironmentVariable("FUTURESBOT_AZURE_TYPES") ?? Path.Combine(Root, "..", "shared", "azure-types");
        return File.Exists(Path.Combine(folder, "bicep-types.json")) ? Path.GetFullPath(folder) : null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Serverless.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("No Serverless.sln above the test's folder");
    }
}
