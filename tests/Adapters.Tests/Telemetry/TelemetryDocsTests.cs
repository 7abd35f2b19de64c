using System.Reflection;
using System.Text;
using System.Xml.Linq;
using FuturesBot.Engine.Telemetry;
using Xunit;

namespace FuturesBot.Adapters.Tests.Telemetry;

public sealed class TelemetryDocsTests
{
    private const string Begin = "<!-- names: begin -->";
    private const string End = "<!-- names: end -->";

    // FUTURESBOT_WRITE_DOCS=1 writes the part before it is compared.
    [Fact]
    public void Document_Names_AreThoseOfTheCode()
    {
        var path = Path.Combine(Root(), "docs", "telemetry.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
        var wanted = "\n" + Tables();
        if (Environment.GetEnvironmentVariable("FUTURESBOT_WRITE_DOCS") == "1") File.WriteAllText(path, text = text[..from] + wanted + text[to..]);

        Assert.Equal(wanted, text[from..text.IndexOf(End, StringComparison.Ordinal)]);
    }

    // A name that nothing tells is a query without rows. A count is told where its method is called, a reading where its name is added.
    [Fact]
    public void Names_OfTheTables_AreToldSomewhere()
    {
        var sources = ((string[])["core", "sidecar", "local", "functions"])
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && !(file.Contains("Telemetry") && Path.GetFileName(file) is "Metrics.cs"))
            .Select(file => (Name: Path.GetFileName(file), Text: File.ReadAllText(file))).ToArray();
        var counts = typeof(Counts).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(method => method.Name);

        Assert.All(
            ((Type[])[typeof(Spans), typeof(Metrics), typeof(Attributes)]).SelectMany(Fields),
            field => Assert.Contains(sources, source => Mentions(source.Text, $"{field.DeclaringType!.Name}.{field.Name}")));
        Assert.All(counts, name => Assert.Contains(sources, source => source.Name != "Counts.cs" && Mentions(source.Text, $"Counts.{name}")));

        static bool Mentions(string text, string name) => System.Text.RegularExpressions.Regex.IsMatch(text, $@"(?<![\w.]){name.Replace(".", "\\.", StringComparison.Ordinal)}\b");
    }

    [Fact]
    public void LogEvents_Ranges_CoverEveryIdInTheSources()
    {
        var ids = Directory.EnumerateFiles(Root(), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}") && !file.Contains($"{Path.DirectorySeparatorChar}tests{Path.DirectorySeparatorChar}"))
            .SelectMany(file => System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(file), @"LoggerMessage\((?<id>\d+)", System.Text.RegularExpressions.RegexOptions.NonBacktracking))
            .Select(match => int.Parse(match.Groups["id"].Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();

        Assert.True(ids.Length > 50);
        Assert.All(ids, id => Assert.InRange(id, LogEvents.Exchange, LogEvents.Last));
    }

    private static string Tables()
    {
        var docs = XDocument.Load(Path.ChangeExtension(typeof(Spans).Assembly.Location, ".xml")).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => member.Attribute("name")!.Value, member => Plain(member.Element("summary")!));
        var text = new StringBuilder("\n### Spans\n\n| span | what it is |\n|---|---|\n");
        foreach (var field in Fields(typeof(Spans))) text.Append($"| `{field.GetRawConstantValue()}` | {docs[Id(field)]} |\n");
        text.Append("\n### Metrics\n\n| metric | kind | unit | carries | what it is |\n|---|---|---|---|---|\n");
        foreach (var field in Fields(typeof(Metrics)))
        {
            var fact = field.GetCustomAttribute<MetricAttribute>()!;
            var carries = string.Join(", ", fact.Attributes.Select(name => $"`{name["futuresbot.".Length..]}`"));
            text.Append($"| `{field.GetRawConstantValue()}` | {fact.Kind.ToString().ToLowerInvariant()} | `{fact.Unit}` | {carries} | {docs[Id(field)]} |\n");
        }

        text.Append("\n### Attributes\n\n| attribute | what it holds |\n|---|---|\n");
        foreach (var field in Fields(typeof(Attributes))) text.Append($"| `{field.GetRawConstantValue()}` | {docs[Id(field)]} |\n");
        text.Append("\n### Log events\n\n| from id | part |\n|---|---|\n");
        foreach (var field in Fields(typeof(LogEvents))) text.Append($"| {field.GetRawConstantValue()} | {docs[Id(field)]} |\n");
        return text.Append('\n').ToString();
    }

    private static FieldInfo[] Fields(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Static);

    private static string Id(FieldInfo field) => $"F:{field.DeclaringType!.FullName}.{field.Name}";

    private static string Plain(XElement summary) => string.Join(' ', string.Concat(summary.Nodes().Select(node => node is XElement { Name.LocalName: "see" } see
        ? see.Attribute("cref")!.Value.Split('.')[^1]
        : node is XElement other ? other.Value : node.ToString())).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Serverless.sln"))) return at.FullName;
        }

        throw new DirectoryNotFoundException("Serverless.sln is not above the tests");
    }
}
