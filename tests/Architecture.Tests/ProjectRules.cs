using System.Xml.Linq;

namespace FuturesBot.Architecture.Tests;

/// <summary>Which project may reference which. Tests and benchmarks may use everything; nothing uses them.</summary>
public static class ProjectRules
{
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["core/Domain"] = [],
        ["core/Engine"] = ["core/Domain"],
        ["core/Adapters"] = ["core/Engine", "core/Domain"],
        ["simulator"] = ["core/Domain"],
        ["dashboard"] = ["core/Adapters", "core/Engine", "core/Domain"],
        ["local"] = ["dashboard", "simulator", "core/Adapters", "core/Engine", "core/Domain"],
        ["sidecar"] = ["dashboard", "core/Adapters", "core/Engine", "core/Domain"],
        ["functions"] = ["core/Adapters", "core/Engine", "core/Domain"],
    };

    /// <param name="project">Path of a project file from the root.</param>
    /// <param name="xml">Its content.</param>
    /// <returns>What it breaks, a line each; empty when nothing.</returns>
    public static IEnumerable<string> Faults(string project, string xml)
    {
        var folder = FolderOf(project);
        var content = XDocument.Parse(xml);
        if (folder.StartsWith("tests/", StringComparison.Ordinal) || folder is "bench") yield break;
        if (!MayUse.TryGetValue(folder, out var allowed))
        {
            yield return $"{project}: the rule does not know this project; give it a place in {nameof(ProjectRules)}";
            yield break;
        }

        foreach (var used in Includes(content, "ProjectReference").Select(path => Resolve(folder, path)))
        {
            if (!allowed.Contains(used)) yield return $"{project}: must not reference {used}";
        }

        if (folder is not "core/Domain") yield break;
        foreach (var reference in Includes(content, "PackageReference").Concat(Includes(content, "FrameworkReference")))
            yield return $"{project}: Domain has no packages, found {reference}";
    }

    /// <summary>Package versions are central: a project that names one, or floats one, is found.</summary>
    public static IEnumerable<string> VersionFaults(string project, string xml) =>
        XDocument.Parse(xml).Descendants("PackageReference")
            .Where(reference => reference.Attribute("Version") is not null || reference.Attribute("VersionOverride") is not null)
            .Select(reference => $"{project}: {reference.Attribute("Include")?.Value} names its version; Directory.Packages.props does");

    private static string FolderOf(string path) => path[..path.LastIndexOf('/')];

    private static IEnumerable<string> Includes(XDocument content, string element) =>
        content.Descendants(element).Select(reference => reference.Attribute("Include")?.Value).OfType<string>();

    private static string Resolve(string folder, string reference)
    {
        var parts = new Stack<string>(folder.Split('/'));
        foreach (var part in reference.Replace('\\', '/').Split('/'))
        {
            if (part is "..") parts.Pop();
            else if (part is not ".") parts.Push(part);
        }

        parts.Pop();   // the file's name
        return string.Join('/', parts.Reverse());
    }
}
