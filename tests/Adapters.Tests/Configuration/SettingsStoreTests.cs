using FuturesBot.Adapters.Configuration;
using Xunit;

namespace FuturesBot.Adapters.Tests.Configuration;

public sealed class SettingsStoreTests : IDisposable
{
    private const string Setting = "risk.positions_max";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Apply_OfAllowedValues_HoldsFromTheNextStart()
    {
        var store = Store();
        var before = store.Start().Kernel.Risk.PositionsMax;

        var done = Assert.IsType<SettingsOutcome.Done>(store.Apply(new Dictionary<string, string?> { [Setting] = "3" }, 0, "ann"));

        Assert.Equal((1, true, "ann"), (done.Revision.Number, done.Revision.IsTrial, done.Revision.User));
        var fact = store.Read().Single(fact => fact.Path == Setting);
        Assert.Equal((before.ToString(System.Globalization.CultureInfo.InvariantCulture), "3", "page"), (fact.Running, fact.Next, fact.Source));
        var next = Store();
        Assert.Equal((3, 1, 1), (next.Start().Kernel.Risk.PositionsMax, (int)next.Revision, (int)next.Trials));
    }

    [Fact]
    public void Apply_WithOneFaultAmongMany_WritesNothing()
    {
        var store = Store();

        var refused = Assert.IsType<SettingsOutcome.Refused>(store.Apply(
            new Dictionary<string, string?> { [Setting] = "3", ["risk.risk_per_trade"] = "7", ["exits.target2_r"] = "x" }, 0, "ann"));

        Assert.Equal(["exits.target2_r", "risk.risk_per_trade"], refused.Faults.Select(fault => fault.Path).Order(StringComparer.Ordinal));
        Assert.Equal((0, 0), ((int)store.Revision, (int)store.Trials));
        Assert.False(File.Exists(_folder["settings.json"]));
    }

    [Fact]
    public void Apply_OnAnOldRevision_IsOutdated()
    {
        var store = Store();
        store.Apply(new Dictionary<string, string?> { [Setting] = "3" }, 0, "ann");

        Assert.Equal(1, Assert.IsType<SettingsOutcome.Outdated>(store.Apply(new Dictionary<string, string?> { [Setting] = "4" }, 0, "bob")).Revision);
    }

    [Fact]
    public void Apply_OfWhatTheEnvironmentSets_IsRefused()
    {
        var store = Store(new() { ["FUTURESBOT__RISK__POSITIONS_MAX"] = "2" });

        var refused = Assert.IsType<SettingsOutcome.Refused>(store.Apply(new Dictionary<string, string?> { [Setting] = "3" }, 0, "ann"));

        Assert.Contains("environment", refused.Faults[0].Problem, StringComparison.Ordinal);
        var fact = store.Read().Single(fact => fact.Path == Setting);
        Assert.Equal(("2", "environment", "FUTURESBOT__RISK__POSITIONS_MAX"), (fact.Next, fact.Source, fact.SourceDetail));
    }

    [Fact]
    public void Apply_OfWhatDecidesNothing_IsNoTrial()
    {
        var store = Store();

        store.Apply(new Dictionary<string, string?> { ["logs.days_kept"] = "3" }, 0, "ann");

        Assert.Equal((1, 0), ((int)store.Revision, (int)store.Trials));
    }

    [Fact]
    public void Undo_OfARevision_TakesItBackOnce()
    {
        var store = Store();
        store.Apply(new Dictionary<string, string?> { [Setting] = "3" }, 0, "ann");
        store.Apply(new Dictionary<string, string?> { [Setting] = "4" }, 1, "ann");

        Assert.Contains("again", Assert.IsType<SettingsOutcome.NotUndone>(store.Undo(1, 2, "ann")).Why, StringComparison.Ordinal);
        Assert.False(Assert.IsType<SettingsOutcome.NotUndone>(store.Undo(9, 2, "ann")).Known);
        Assert.Equal(2, Assert.IsType<SettingsOutcome.Done>(store.Undo(2, 2, "ann")).Revision.Undoes);
        Assert.IsType<SettingsOutcome.Done>(store.Undo(1, 3, "ann"));

        var fact = store.Read().Single(fact => fact.Path == Setting);
        Assert.Equal((fact.Profile, "default"), (fact.Next, fact.Source));
        Assert.Equal([4, 3, 2, 1], store.History(10).Select(revision => revision.Number));
    }

    [Fact]
    public void Open_OfAFileThatIsNone_SaysWhichAndWhatToDo()
    {
        File.WriteAllText(_folder["settings.json"], "{");

        var fault = Assert.Throws<ConfigurationException>(() => Store());

        Assert.Contains("settings.json", fault.Message, StringComparison.Ordinal);
        Assert.Contains("remove it", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OfEverySetting_HasMeaningRangeAndDefault()
    {
        var facts = Store().Read();

        Assert.True(facts.Count > 100);
        Assert.All(facts, fact => Assert.NotEqual("", fact.Allowed));
        Assert.All(facts.Where(fact => fact.Type is "number" or "integer"), fact => Assert.NotNull(fact.Range));
        Assert.Equal("fraction", facts.Single(fact => fact.Path == "risk.risk_per_trade").Unit);
    }

    private SettingsStore Store(Dictionary<string, string>? environment = null) =>
        new(_folder["settings.json"], yaml: null, environment ?? [], TimeProvider.System);
}
