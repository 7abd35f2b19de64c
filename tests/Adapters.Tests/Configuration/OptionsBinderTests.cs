using System.ComponentModel.DataAnnotations;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Adapters.Tests.Configuration;

public sealed class OptionsBinderTests
{
    public enum Colour
    {
        DarkRed,
        Green,
    }

    [Fact]
    public void Bind_ValuesOfEveryType_AreRead()
    {
        var (bound, faults) = Bind(
            """
            count: 7
            share: 0.25
            money: 12.50
            colour: dark_red
            frame: 4h
            text: "a: b"
            sweep:
              enabled: false
              depth_atr: 0.5
            """);

        Assert.Empty(faults);
        Assert.Equal(
            new Sample
            {
                Count = 7,
                Share = 0.25,
                Money = 12.50m,
                Colour = Colour.DarkRed,
                Frame = TimeFrame.H4,
                Text = "a: b",
                Sweep = new(Enabled: false, new() { DepthAtr = 0.5 }),
            },
            bound);
    }

    [Fact]
    public void Bind_NoEntries_LeavesTheDefaults()
    {
        var (bound, faults) = Bind("");
        Assert.Empty(faults);
        Assert.Equal(new Sample(), bound);
    }

    [Fact]
    public void Bind_SectionWithoutSettings_LeavesItsDefaults()
    {
        var (bound, faults) = Bind("sweep:\n  # depth_atr: 0.5\n");
        Assert.Empty(faults);
        Assert.Equal(new Sample(), bound);
    }

    [Fact]
    public void Bind_ManyFaults_AreAllReportedWithPathLineAndWhatIsAllowed()
    {
        var (_, faults) = Bind("count: 99\nshare: much\ncolour: blue\nsweep:\n  enabled: yes\n  depth_art: 1\nframe: 2h\n");

        Assert.Equal(
            [
                "count: value '99' is not allowed; allowed is a whole number from 1 to 10 (bot.yaml:1)",
                "share: value 'much' is not allowed; allowed is a number from 0 to 1 (bot.yaml:2)",
                "colour: value 'blue' is not allowed; allowed is one of dark_red, green (bot.yaml:3)",
                "sweep.enabled: value 'yes' is not allowed; allowed is true or false (bot.yaml:5)",
                "sweep.depth_art: no such setting; did you mean sweep.depth_atr? (bot.yaml:6)",
                "frame: value '2h' is not allowed; allowed is one of 1m, 5m, 15m, 1h, 4h, 1d (bot.yaml:7)",
            ],
            faults.Select(fault => fault.ToString()));
    }

    [Theory]
    [InlineData("count: [1, 2]", "count: is a list; a value or a section is needed (bot.yaml:1)")]
    [InlineData("sweep: 5", "sweep: value '5' is not allowed; it is a section (bot.yaml:1)")]
    [InlineData("count: 1.5", "count: value '1.5' is not allowed; allowed is a whole number from 1 to 10 (bot.yaml:1)")]
    [InlineData("count:", "count: value '' is not allowed; allowed is a whole number from 1 to 10 (bot.yaml:1)")]
    [InlineData("share: .nan", "share: value '.nan' is not allowed; allowed is a number from 0 to 1 (bot.yaml:1)")]
    [InlineData("entirely_different_thing: 1", "entirely_different_thing: no such setting (bot.yaml:1)")]
    public void Bind_OneFault_IsNamed(string yaml, string expected) =>
        Assert.Equal(expected, Assert.Single(Bind(yaml).Faults).ToString());

    [Theory]
    [InlineData("count: 1\ncount: 2")]
    [InlineData("count: [1")]
    public void Bind_UnreadableYaml_IsOneFaultWithItsLine(string yaml) =>
        Assert.StartsWith("(file): is no readable YAML", Assert.Single(Bind(yaml).Faults).ToString());

    [Fact]
    public void Bind_Environment_WinsOverTheFile()
    {
        var (bound, faults) = Bind("count: 2\nsweep:\n  depth_atr: 0.5\n", ("FUTURESBOT__SWEEP__DEPTH_ATR", "0.75"), ("PATH", "x"));

        Assert.Empty(faults);
        Assert.Equal((2, 0.75), (bound.Count, bound.Sweep.Options.DepthAtr));
    }

    [Fact]
    public void Bind_UnknownVariable_IsNamed() =>
        Assert.Equal(
            "sweep.depth: no such setting; did you mean sweep.depth_atr? (environment variable FUTURESBOT__SWEEP__DEPTH)",
            Assert.Single(Bind("", ("FUTURESBOT__SWEEP__DEPTH", "1")).Faults).ToString());

    [Theory]
    [InlineData("StopBufferAtr", "stop_buffer_atr")]
    [InlineData("Target1R", "target1_r")]
    [InlineData("SlippageAtr1m", "slippage_atr1m")]
    [InlineData("BTC", "btc")]
    public void Snake_NamesOfTheCode_BecomeNamesOfTheFile(string pascal, string expected) =>
        Assert.Equal(expected, SettingNames.Snake(pascal));

    private static (Sample Bound, List<ConfigurationFault> Faults) Bind(string yaml, params (string Name, string Value)[] variables)
    {
        var faults = new List<ConfigurationFault>();
        var environment = variables.Select(v => KeyValuePair.Create(v.Name, v.Value));
        List<SettingEntry> entries = [.. YamlSettings.Read(yaml, "bot.yaml", faults), .. EnvironmentSettings.Read(environment)];
        return (OptionsBinder.Bind(new Sample(), entries, faults), faults);
    }

    public sealed record Toggle<T>(bool Enabled, T Options);

    public sealed record SweepOptions
    {
        [Range(0.0, 2.0)] public double DepthAtr { get; init; } = 0.1;
    }

    public sealed record Sample
    {
        public static Sample Default { get; } = new();

        [Range(1, 10)] public int Count { get; init; } = 3;

        [Range(0.0, 1.0)] public double Share { get; init; } = 0.5;

        [Range(0, 100)] public decimal Money { get; init; } = 5m;

        public Colour Colour { get; init; } = Colour.Green;

        public TimeFrame Frame { get; init; } = TimeFrame.M15;

        public string Text { get; init; } = "";

        public Toggle<SweepOptions> Sweep { get; init; } = new(Enabled: true, new());

        public int Twice => Count * 2;
    }
}
