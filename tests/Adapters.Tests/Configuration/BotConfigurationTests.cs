using System.Text.Json;
using System.Text.RegularExpressions;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain;
using Xunit;

namespace FuturesBot.Adapters.Tests.Configuration;

public sealed class BotConfigurationTests
{
    private static readonly Dictionary<string, string> NoVariables = [];

    // FUTURESBOT_WRITE_CONFIG=1 writes the files before they are compared.
    static BotConfigurationTests()
    {
        if (Environment.GetEnvironmentVariable("FUTURESBOT_WRITE_CONFIG") != "1") return;
        File.WriteAllText(PathOf("bot.yaml"), BotConfiguration.FileText());
        File.WriteAllText(PathOf("bot.schema.json"), BotConfiguration.SchemaText());
    }

    [Fact]
    public void CommittedFile_EqualsTheOptionsTypes() => AssertCommitted("bot.yaml", BotConfiguration.FileText());

    [Fact]
    public void CommittedSchema_EqualsTheOptionsTypes() => AssertCommitted("bot.schema.json", BotConfiguration.SchemaText());

    [Fact]
    public void Load_CommittedFile_GivesTheDefaults() =>
        Assert.Equal(new BotOptions(), BotConfiguration.Load(PathOf("bot.yaml"), NoVariables));

    [Fact]
    public void Load_CommittedFileWithEveryThresholdUncommented_GivesTheDefaults()
    {
        using var folder = new TempFolder();
        var everything = Regex.Replace(
            BotConfiguration.FileText(), @"^(?<indent> *)#(?=\w+:)", "${indent}", RegexOptions.Multiline, TimeSpan.FromSeconds(1));
        File.WriteAllText(folder["bot.yaml"], everything);

        Assert.Equal(new BotOptions(), BotConfiguration.Load(folder["bot.yaml"], NoVariables));
    }

    [Fact]
    public void Load_ProfileSeed_ChangesWhatTheFileDoesNotSay()
    {
        var options = BotConfiguration.Load(PathOf("bot.yaml"), new Dictionary<string, string> { ["FUTURESBOT__PROFILE"] = "seed" });

        Assert.Equal(BotOptions.ForProfile("seed"), options);
        Assert.NotEqual(new BotOptions(), options);
    }

    [Fact]
    public void Load_UnknownProfile_IsAFault() =>
        Assert.Equal(
            "profile: value 'sead' is not allowed; allowed is one of default, seed (environment variable FUTURESBOT__PROFILE)",
            Assert.Single(Faults(() => BotConfiguration.Load(null, new Dictionary<string, string> { ["FUTURESBOT__PROFILE"] = "sead" }))).ToString());

    [Fact]
    public void Load_ThresholdDeepInside_IsSet()
    {
        var options = BotConfiguration.Load(null, new Dictionary<string, string>
        {
            ["FUTURESBOT__STRATEGIES__LIQUIDITY_SWEEP__ENABLED"] = "false",
            ["FUTURESBOT__STRATEGIES__LIQUIDITY_SWEEP__DEPTH_CAP_ATR"] = "0.75",
        });

        Assert.False(options.Kernel.Strategies.LiquiditySweep.Enabled);
        Assert.Equal(0.75, options.Kernel.Strategies.LiquiditySweep.Options.DepthCapAtr);
        Assert.Equal(KernelOptions.Default.Strategies.OrderFlow, options.Kernel.Strategies.OrderFlow);
    }

    [Fact]
    public void Load_SettingsThatContradict_AreFaults() =>
        Assert.Equal(
            ["exits.target2_r", "exits.fraction2", "analysis.regime.adx_enter"],
            Faults(() => BotConfiguration.Load(null, new Dictionary<string, string>
            {
                ["FUTURESBOT__EXITS__TARGET1_R"] = "2.5",
                ["FUTURESBOT__EXITS__FRACTION1"] = "0.8",
                ["FUTURESBOT__ANALYSIS__REGIME__ADX_ENTER"] = "10",
            })).Select(fault => fault.Path));

    [Fact]
    public void Load_LeaseThatEndsBeforeItIsRenewedTwice_IsAFault() =>
        Assert.Equal(
            ["sidecar.lease_seconds", "sidecar.command_sweep_seconds"],
            Faults(() => BotConfiguration.Load(null, new Dictionary<string, string>
            {
                ["FUTURESBOT__SIDECAR__LEASE_SECONDS"] = "16",
                ["FUTURESBOT__SIDECAR__LEASE_RENEW_SECONDS"] = "12",
                ["FUTURESBOT__SIDECAR__COMMAND_SWEEP_SECONDS"] = "2",
            })).Select(fault => fault.Path));

    [Fact]
    public void Load_NameThatIsNoSymbol_IsAFault() =>
        Assert.Equal(
            ["universe.added: value 'btc/usdt' is not allowed; symbols such as BTCUSDT are, separated by commas (settings together)"],
            Faults(() => BotConfiguration.Load(null, new Dictionary<string, string> { ["FUTURESBOT__UNIVERSE__ADDED"] = "ETHUSDT, btc/usdt" }))
                .Select(fault => fault.ToString()));

    [Fact]
    public void Load_WarmupLongerThanWhatIsKept_IsAFault() =>
        Assert.Equal(
            ["ingestion.warmup.bars4h"],
            Faults(() => BotConfiguration.Load(null, new Dictionary<string, string> { ["FUTURESBOT__RETENTION__CANDLE_DAYS"] = "249" }))
                .Select(fault => fault.Path));

    [Fact]
    public void Contradictions_InEitherProfile_AreNone() =>
        Assert.Empty(Contradictions.In(BotOptions.ForProfile("default")).Concat(Contradictions.In(BotOptions.ForProfile("seed"))));

    [Fact]
    public void Load_NoFile_GivesTheDefaults() => Assert.Equal(new BotOptions(), BotConfiguration.Load(null, NoVariables));

    [Fact]
    public void Load_FileThatIsNotThere_IsAFault() =>
        Assert.Contains("does not exist", Faults(() => BotConfiguration.Load(PathOf("absent.yaml"), NoVariables)).Single().Problem);

    [Fact]
    public void Load_SeveralFaults_AreOneExceptionThatNamesThemAll()
    {
        var faults = Faults(() => BotConfiguration.Load(null, new Dictionary<string, string>
        {
            ["FUTURESBOT__DASHBOARD__PORT"] = "99999",
            ["FUTURESBOT__MODE"] = "real",
            ["FUTURESBOT__LOGS__LEVELS"] = "debug",
        }));

        Assert.Equal(["dashboard.port", "logs.levels", "mode"], faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Settings_OfEverySection_SayWhatTheyMean()
    {
        var docs = new SettingDocs();
        Assert.Empty(Setting.Root(new BotOptions()).Leaves().Where(leaf => docs.Of(leaf).Length == 0).Select(leaf => leaf.Path));
    }

    [Fact]
    public void Numbers_OfEverySection_HaveARangeThatHoldsTheirDefault()
    {
        foreach (var leaf in Setting.Root(new BotOptions()).Leaves().Where(leaf => SettingValues.IsNumber(leaf.Type)))
        {
            Assert.True(leaf.Range is not null, $"{leaf.Path} has no [Range]");
            Assert.True(SettingValues.TryRead(leaf, SettingValues.Text(leaf.Value!), out _), $"{leaf.Path}: {leaf.Value} is outside its range");
        }
    }

    [Fact]
    public void Schema_KnowsEverySetting()
    {
        using var schema = JsonDocument.Parse(BotConfiguration.SchemaText());
        foreach (var leaf in Setting.Root(new BotOptions()).Leaves())
        {
            var node = leaf.Path.Split('.').Aggregate(schema.RootElement, (at, name) => at.GetProperty("properties").GetProperty(name));
            Assert.True(node.TryGetProperty("default", out _), leaf.Path);
        }
    }

    private static IReadOnlyList<ConfigurationFault> Faults(Action load) => Assert.Throws<ConfigurationException>(load).Faults;

    private static void AssertCommitted(string file, string expected) =>
        Assert.True(
            File.ReadAllText(PathOf(file)) == expected,
            $"config/{file} is not what the options types say; run: FUTURESBOT_WRITE_CONFIG=1 ./dev test --filter BotConfigurationTests");

    private static string PathOf(string file)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Serverless.sln"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "config", file);
    }
}
