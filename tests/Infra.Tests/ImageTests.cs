using System.Xml.Linq;
using Xunit;

namespace FuturesBot.Infra.Tests;

/// <summary>What the SDK makes the sidecar's image of; its base image is not at hand where tests run.</summary>
public sealed class ImageTests
{
    private static readonly XElement Sidecar = XElement.Load(Path.Combine(Project.Root, "sidecar", "FuturesBot.Sidecar.csproj"));

    [Fact]
    public void Folder_EndsWithASlash_BecauseTheProgramsNameIsPutBehindIt() =>
        Assert.EndsWith("/", Value("ContainerWorkingDirectory"), StringComparison.Ordinal);

    [Fact]
    public void User_IsTheOrdinaryOneOfTheBaseImage() => Assert.Equal("app", Value("ContainerUser"));

    [Fact]
    public void Base_IsChiselledAndHasTimeZones() => Assert.Equal("noble-chiseled-extra", Value("ContainerFamily"));

    [Fact]
    public void Port_IsTheOneThatTheTemplateSendsVisitorsTo()
    {
        var port = Assert.Single(Sidecar.Descendants("ContainerPort")).Attribute("Include")!.Value;

        var template = File.ReadAllText(Path.Combine(Project.Templates, "app", "sidecar.bicep"));
        Assert.Contains($"targetPort: {port}", template, StringComparison.Ordinal);
        Assert.DoesNotContain("port: 80\n", template, StringComparison.Ordinal);
        Assert.Equal(
            [("FUTURESBOT__DASHBOARD__ADDRESS", "any"), ("DOTNET_GCHeapHardLimitPercent", "3C")],   // hexadecimal: 60 %
            Sidecar.Descendants("ContainerEnvironmentVariable").Select(one => (one.Attribute("Include")!.Value, one.Attribute("Value")!.Value)));
    }

    private static string Value(string name) => Assert.Single(Sidecar.Descendants(name)).Value;
}
