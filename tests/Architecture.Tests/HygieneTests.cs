using Xunit;

namespace FuturesBot.Architecture.Tests;

public sealed class HygieneTests
{
    // The rule and its samples name what they forbid.
    private const string ThisFolder = "tests/Architecture.Tests/Hygiene";

    [Fact]
    public void Files_OfTheRepository_HoldNoAddressPathOrUnfinishedWork() =>
        Assert.Empty(Repository.Files
            .Where(file => Hygiene.IsText(file) && !file.StartsWith(ThisFolder, StringComparison.Ordinal))
            .SelectMany(file => Hygiene.Faults(file, Repository.Read(file))));

    [Fact]
    public void Sources_OutsideTests_HoldOnePublicTypeNamedAsTheFile() =>
        Assert.Empty(Repository.Files
            .Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            .Where(file => !file.StartsWith("tests/", StringComparison.Ordinal) && !file.StartsWith("bench/", StringComparison.Ordinal))
            .Select(file => (File: file, Types: Hygiene.PublicTypes(Repository.Read(file))))
            .Where(found => found.Types.Count > 1 || (found.Types.Count == 1 && !Path.GetFileName(found.File).StartsWith(found.Types[0], StringComparison.Ordinal)))
            .Select(found => $"{found.File}: {string.Join(", ", found.Types)}"));

    [Theory]
    [InlineData("\"resolved\": \"https://registry.npmjs.org/vite/-/vite-8.tgz\"")]
    [InlineData("<add key=\"x\" value=\"https://api.nuget.org/v3/index.json\" />")]
    [InlineData("var path = \"/home/someone/data\";")]
    [InlineData("var path = @\"C:\\Users\\someone\";")]
    [InlineData("log to /tmp/bot.log")]
    [InlineData("// TODO later")]
    [InlineData("throw new NotImplementedException();")]
    public void Faults_ForbiddenContent_IsFound(string content) => Assert.Single(Hygiene.Faults("sample.cs", content));

    [Theory]
    [InlineData("\"resolved\": \"8.9.1\"")]
    [InlineData("see https://example.org/work/page and ./tmp/x")]
    [InlineData("the work/home split")]
    public void Faults_OrdinaryContent_IsNone(string content) => Assert.Empty(Hygiene.Faults("sample.md", content));

    [Fact]
    public void PublicTypes_TwoInOneFile_AreBothFound() =>
        Assert.Equal(["First", "Second"], Hygiene.PublicTypes(
            "namespace A;\n\npublic sealed record First(int N)\n{\n    public enum Inner { A }\n}\n\npublic readonly record struct Second(int N);\n"));
}
