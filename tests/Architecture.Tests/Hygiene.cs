using System.Text.RegularExpressions;

namespace FuturesBot.Architecture.Tests;

/// <summary>What no committed file may hold.</summary>
public static partial class Hygiene
{
    private static readonly string[] TextEndings =
        [".cs", ".csproj", ".props", ".targets", ".sln", ".json", ".yaml", ".yml", ".md", ".ts", ".css", ".html", ".cmd", ".bicep", ".kql", ".txt",
         ".npmrc", ".config", ".editorconfig", ".gitignore", ".gitattributes"];

    public static bool IsText(string file) =>
        TextEndings.Any(ending => file.EndsWith(ending, StringComparison.Ordinal)) || !Path.GetFileName(file).Contains('.');

    /// <returns>What the file breaks, a line each; empty when nothing.</returns>
    public static IEnumerable<string> Faults(string file, string content)
    {
        foreach (Match match in RegistryAddress().Matches(content)) yield return $"{file}: registry address {match.Value}";
        foreach (Match match in MachinePath().Matches(content)) yield return $"{file}: path of one machine {match.Value}";
        foreach (Match match in UnfinishedWork().Matches(content)) yield return $"{file}: unfinished work '{match.Value}'";
    }

    /// <summary>Public types at the top level of a C# file.</summary>
    public static IReadOnlyList<string> PublicTypes(string content) =>
        [.. PublicType().Matches(content).Select(match => match.Groups["name"].Value).Distinct()];

    [GeneratedRegex(@"https?://[\w.-]*(registry|nuget|npmjs|artifactory|nexus)[\w.-]*", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RegistryAddress();

    [GeneratedRegex(@"(?<![\w.~}\)-])/(work|root|tmp|home)/\w*|[A-Z]:\\Users\\\w*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedException", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnfinishedWork();

    // File-scoped namespaces put a file's own types at the left margin; nested ones are indented.
    [GeneratedRegex(@"^public\s+[\w\s]*?\b(class|struct|interface|enum|record(\s+struct)?|delegate\s+\S+)\s+(?<name>[A-Z]\w*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PublicType();
}
