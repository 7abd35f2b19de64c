using Xunit;

namespace FuturesBot.Architecture.Tests;

public sealed class FolderTests
{
    private static readonly (string Path, string Content)[] DomainFiles =
        [.. Repository.Files
            .Where(file => file.StartsWith(FolderRules.Domain, StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => (file, Repository.Read(file)))];

    [Fact]
    public void DomainFiles_OfEveryStage_UseOnlyWhatComesBefore()
    {
        var rules = new FolderRules(DomainFiles);

        Assert.NotEmpty(DomainFiles);
        Assert.Empty(DomainFiles.SelectMany(file => rules.Faults(file.Path, file.Content)));
    }

    [Fact]
    public void Allows_LaterStage_IsFalse() => Assert.False(FolderRules.Allows(user: "Strategies", used: "Signals"));

    [Fact]
    public void Allows_ItselfAndEarlierStages_IsTrue()
    {
        Assert.True(FolderRules.Allows(user: "Strategies", used: "Strategies"));
        Assert.True(FolderRules.Allows(user: "Reporting", used: "Market"));
    }

    [Theory]
    [InlineData("using FuturesBot.Domain.Signals;\nnamespace FuturesBot.Domain.Strategies;")]
    [InlineData("using Life = FuturesBot.Domain.Signals.SignalState;\nnamespace FuturesBot.Domain.Strategies;")]
    [InlineData("namespace FuturesBot.Domain.Strategies;\nclass A { FuturesBot.Domain.Signals.SignalState? S; }")]
    [InlineData("namespace FuturesBot.Domain.Strategies;\nclass A { Signals.SignalState? S; }")]
    [InlineData("namespace FuturesBot.Domain.Helpers;")]
    [InlineData("namespace FuturesBot.Domain.Signals;")]
    public void Faults_FileAgainstTheFlow_AreFound(string content) =>
        Assert.NotEmpty(RulesWithSignals().Faults(FolderRules.Domain + "Strategies/LiquiditySweep/Sample.cs", content));

    [Theory]
    [InlineData("using FuturesBot.Domain.Market;\nnamespace FuturesBot.Domain.Strategies;")]
    [InlineData("namespace FuturesBot.Domain.Strategies;\n/// <see cref=\"FuturesBot.Domain.Signals.SignalState\"/>\nclass A;")]
    [InlineData("namespace FuturesBot.Domain.Strategies;\nclass A { int N => Signals.Count; }")]
    public void Faults_FileWithTheFlow_AreNone(string content) =>
        Assert.Empty(RulesWithSignals().Faults(FolderRules.Domain + "Strategies/Sample.cs", content));

    [Fact]
    public void Faults_FileAtTheRoot_MayUseEveryStage() =>
        Assert.Empty(RulesWithSignals().Faults(
            FolderRules.Domain + "Pipeline.cs", "using FuturesBot.Domain.Reporting;\nnamespace FuturesBot.Domain;"));

    [Fact]
    public void Faults_FolderOutsideTheFlow_IsFound() =>
        Assert.Single(RulesWithSignals().Faults(FolderRules.Domain + "Utils/A.cs", "namespace FuturesBot.Domain.Utils;"));

    private static FolderRules RulesWithSignals() =>
        new([(FolderRules.Domain + "Signals/SignalState.cs", "public abstract record SignalState;")]);
}
