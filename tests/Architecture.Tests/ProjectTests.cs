using Xunit;

namespace FuturesBot.Architecture.Tests;

public sealed class ProjectTests
{
    [Fact]
    public void References_OfEveryProject_PointTheOneWay() =>
        Assert.Empty(Repository.Projects.SelectMany(project => ProjectRules.Faults(project, Repository.Read(project))));

    [Fact]
    public void Versions_OfEveryPackage_AreCentral() =>
        Assert.Empty(Repository.Projects.SelectMany(project => ProjectRules.VersionFaults(project, Repository.Read(project))));

    [Fact]
    public void Versions_InTheCentralFile_DoNotFloat() =>
        Assert.DoesNotMatch("Version=\"[^\"]*[*,]", Repository.Read("Directory.Packages.props"));

    [Fact]
    public void Solution_HoldsEveryProject()
    {
        var solution = Repository.Read("Serverless.sln").Replace('\\', '/');
        Assert.All(Repository.Projects, project => Assert.Contains($"\"{project}\"", solution));
    }

    [Fact]
    public void LockFile_LiesBesideEveryProject() =>
        // functions/ is built only where its packages restore; it has no lock file here.
        Assert.Empty(Repository.Projects
            .Where(project => !project.StartsWith("functions/", StringComparison.Ordinal) && !project.StartsWith("tests/Functions.Tests/", StringComparison.Ordinal))
            .Select(project => project[..project.LastIndexOf('/')] + "/packages.lock.json")
            .Except(Repository.Files));

    [Theory]
    [InlineData("core/Domain/FuturesBot.Domain.csproj", "../Engine/FuturesBot.Engine.csproj")]
    [InlineData("core/Engine/FuturesBot.Engine.csproj", "../Adapters/FuturesBot.Adapters.csproj")]
    [InlineData("simulator/FuturesBot.Simulator.csproj", @"..\core\Engine\FuturesBot.Engine.csproj")]
    [InlineData("dashboard/FuturesBot.Dashboard.csproj", "../local/FuturesBot.Local.csproj")]
    [InlineData("sidecar/FuturesBot.Sidecar.csproj", "../simulator/FuturesBot.Simulator.csproj")]
    [InlineData("local/FuturesBot.Local.csproj", "../tests/TestKit/FuturesBot.TestKit.csproj")]
    public void Faults_ReferenceAgainstTheFlow_IsFound(string project, string reference) =>
        Assert.Single(ProjectRules.Faults(project, ProjectWith($"<ProjectReference Include=\"{reference}\" />")));

    [Theory]
    [InlineData("core/Engine/FuturesBot.Engine.csproj", "../Domain/FuturesBot.Domain.csproj")]
    [InlineData("local/FuturesBot.Local.csproj", @"..\simulator\FuturesBot.Simulator.csproj")]
    [InlineData("tests/Engine.Tests/FuturesBot.Engine.Tests.csproj", "../../core/Adapters/FuturesBot.Adapters.csproj")]
    public void Faults_ReferenceWithTheFlow_IsNone(string project, string reference) =>
        Assert.Empty(ProjectRules.Faults(project, ProjectWith($"<ProjectReference Include=\"{reference}\" />")));

    [Fact]
    public void Faults_PackageInDomain_IsFound() =>
        Assert.Single(ProjectRules.Faults("core/Domain/FuturesBot.Domain.csproj", ProjectWith("<PackageReference Include=\"Polly\" />")));

    [Fact]
    public void Faults_UnknownProject_IsFound() =>
        Assert.Single(ProjectRules.Faults("core/Helpers/FuturesBot.Helpers.csproj", ProjectWith("")));

    [Fact]
    public void VersionFaults_VersionInAProject_IsFound() =>
        Assert.Single(ProjectRules.VersionFaults("local/FuturesBot.Local.csproj", ProjectWith("<PackageReference Include=\"Polly\" Version=\"8.0.0\" />")));

    private static string ProjectWith(string item) => $"<Project><ItemGroup>{item}</ItemGroup></Project>";
}
