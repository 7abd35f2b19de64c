using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace FuturesBot.Infra.Tests;

/// <summary>The sample of the functions' settings explains each that the templates set.</summary>
public sealed partial class LocalSettingsTests
{
    private static readonly string Sample = File.ReadAllText(Path.Combine(Project.Root, "local.settings.sample.json"));

    [Fact]
    public void Sample_NamesEverySettingThatTheTemplatesGiveTheFunctions()
    {
        var template = File.ReadAllText(Path.Combine(Project.Templates, "app", "functions.bicep"));
        string[] given = [.. TemplateName().Matches(template).Select(match => match.Groups["name"].Value).Distinct()];

        Assert.True(given.Length >= 18, $"only {given.Length} settings were found in functions.bicep: {string.Join(", ", given)}");
        Assert.DoesNotContain(given, name => !Regex.IsMatch(Sample, $@"(?<!\w){name}(?!\w)"));
        // Secrets become settings by their names in the vault.
        Assert.Contains("TELEGRAM_WEBHOOK_SECRET", Sample);
    }

    // `./dev azurite` starts the functions without that file, where their tools are.
    [Theory]
    [InlineData("dev")]
    [InlineData("dev.cmd")]
    public void Scripts_GiveTheFunctionsWhatTheyCannotStartWithout(string script)
    {
        var text = File.ReadAllText(Path.Combine(Project.Root, script));

        Assert.Contains("func start", text, StringComparison.Ordinal);
        Assert.All(
            (string[])["FUNCTIONS_WORKER_RUNTIME", "AzureWebJobsStorage", "Storage", "TASKHUB_NAME", "FUTURESBOT__STORAGE__KIND"],
            name => Assert.Matches($@"(?<!\w){name}=", text));
    }

    [Fact]
    public void Sample_EveryGroupOfSettings_BeginsWithAnExplanation()
    {
        var groups = Sample[Sample.IndexOf("\"Values\"", StringComparison.Ordinal)..].Split("\n\n");

        Assert.All(groups, group =>
        {
            var lines = group.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 2 && !line.StartsWith("\"Values\"", StringComparison.Ordinal));
            Assert.StartsWith("//", lines.First(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Sample_Values_AreTexts_AndSayNothingSecret()
    {
        using var json = JsonDocument.Parse(Sample, new() { CommentHandling = JsonCommentHandling.Skip });

        Assert.All(json.RootElement.GetProperty("Values").EnumerateObject(), entry =>
        {
            Assert.Equal(JsonValueKind.String, entry.Value.ValueKind);
            if (entry.Name.EndsWith("SECRET", StringComparison.Ordinal) || entry.Name.EndsWith("TOKEN", StringComparison.Ordinal))
                Assert.Equal("", entry.Value.GetString());
        });
    }

    // Names of application settings: with capitals or a prefix and two underscores. Names of resources have neither.
    [GeneratedRegex(@"name: '(?<name>[A-Z][A-Z0-9]*_[A-Z0-9_]+|[A-Za-z]+__[A-Za-z]+)'")]
    private static partial Regex TemplateName();
}
