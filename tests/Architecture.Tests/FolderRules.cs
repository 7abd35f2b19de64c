using System.Text.RegularExpressions;

namespace FuturesBot.Architecture.Tests;

/// <summary>
/// The order of the folders in core/Domain: a stage uses itself and those before it. A file at the
/// root, such as Pipeline.cs, sees all. Comments may point anywhere.
/// </summary>
public sealed partial class FolderRules
{
    public const string Domain = "core/Domain/";

    private static readonly string[] Flow =
        ["Market", "Indicators", "Analysis", "Strategies", "Scoring", "Risk", "Signals", "Execution", "Learning", "Reporting"];

    private readonly ILookup<string, string> _typesByFolder;

    /// <param name="files">Path and content of every file in Domain.</param>
    public FolderRules(IEnumerable<(string Path, string Content)> files) =>
        _typesByFolder = files
            .SelectMany(file => TypeDeclaration().Matches(file.Content).Select(match => (Folder: FolderOf(file.Path), Name: match.Groups["name"].Value)))
            .ToLookup(type => type.Folder, type => type.Name);

    /// <summary>True when <paramref name="user"/> may use <paramref name="used"/>.</summary>
    public static bool Allows(string user, string used) => At(used) <= At(user);

    /// <returns>What the file breaks, a line each; empty when nothing.</returns>
    public IEnumerable<string> Faults(string path, string content)
    {
        var folder = FolderOf(path);
        if (folder is "") yield break;
        if (!Flow.Contains(folder))
        {
            yield return $"{path}: folder {folder} is no stage of the flow";
            yield break;
        }

        var found = Namespace().Match(content).Groups["name"].Value;
        if (found != $"FuturesBot.Domain.{folder}")
            yield return $"{path}: namespace is '{found}', the stage's is FuturesBot.Domain.{folder}";

        var code = Comment().Replace(content, "");
        foreach (var used in UsedBy(code).Distinct())
        {
            if (Flow.Contains(used) && !Allows(folder, used)) yield return $"{path}: {folder} must not use {used}";
            if (!Flow.Contains(used)) yield return $"{path}: FuturesBot.Domain.{used} is no stage of the flow";
        }
    }

    private IEnumerable<string> UsedBy(string code)
    {
        foreach (Match match in FullName().Matches(code)) yield return match.Groups["stage"].Value;

        // Inside FuturesBot.Domain the short form `Signals.SignalId` resolves too.
        foreach (Match match in ShortName().Matches(code))
        {
            var stage = match.Groups["stage"].Value;
            if (_typesByFolder[stage].Contains(match.Groups["type"].Value)) yield return stage;
        }
    }

    private static int At(string folder) => Array.IndexOf(Flow, folder);

    private static string FolderOf(string path)
    {
        var inside = path[Domain.Length..];
        var end = inside.IndexOf('/');
        return end < 0 ? "" : inside[..end];
    }

    [GeneratedRegex(@"^namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"//.*$|/\*[\s\S]*?\*/", RegexOptions.Multiline, 1000)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bFuturesBot\.Domain\.(?<stage>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FullName();

    [GeneratedRegex(@"(?<![\w.])(?<stage>Market|Indicators|Analysis|Strategies|Scoring|Risk|Signals|Execution|Learning|Reporting)\.(?<type>[A-Z]\w*)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ShortName();

    [GeneratedRegex(@"^\s*(public|internal)\s+[\w\s]*?\b(class|struct|interface|enum|record|delegate)\s+(?<name>[A-Z]\w*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypeDeclaration();
}
