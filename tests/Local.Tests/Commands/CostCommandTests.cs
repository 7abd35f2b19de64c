using Xunit;

namespace FuturesBot.Local.Tests.Commands;

public sealed class CostCommandTests
{
    [Fact]
    public async Task Cost_Json_LinesAddUpToTheTotal()
    {
        var cost = await Cli.RunAsync("cost", "--symbols", "200", "--registry", "--json");

        Assert.Equal(0, cost.Code);
        var lines = cost.Json.GetProperty("lines").EnumerateArray().ToArray();
        Assert.Equal(cost.Json.GetProperty("total_usd_per_month").GetDouble(), lines.Sum(line => line.GetProperty("usd").GetDouble()), 0.01);
        Assert.Contains(lines, line => line.GetProperty("name").GetString() == "Container Registry, Basic");
        Assert.Equal(4, cost.Json.GetProperty("claims").GetArrayLength());
    }

    [Fact]
    public async Task Cost_Screen_SaysWhenItWasMeasuredAndWhatEachPlaceOfOrchestrationsComesTo()
    {
        var cost = await Cli.RunAsync("cost", "--symbols", "700", "--durable", "scheduler");

        Assert.Equal(0, cost.Code);
        Assert.Contains("operations measured 20", cost.Output, StringComparison.Ordinal);
        Assert.Contains("prices as of 2026-11-29", cost.Output, StringComparison.Ordinal);
        Assert.Contains("700 symbols lie beyond what was measured (20 to 500)", cost.Output, StringComparison.Ordinal);
        Assert.Contains("Durable Task Scheduler, actions", cost.Output, StringComparison.Ordinal);
        Assert.Contains("200 symbols in signals mode, orchestrations in storage:", cost.Output, StringComparison.Ordinal);
        Assert.Contains("200 symbols in signals mode, orchestrations in the Durable Task Scheduler:", cost.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--symbols", "0", "--symbols was '0'; a number from 1 to 800 is allowed")]
    [InlineData("--frames", "5m", "--frames held '5m'; allowed are 15m, 1h, 4h, 1d")]
    [InlineData("--memory", "1024", "--memory was '1024'; allowed are 512, 2048, 4096")]
    [InlineData("--always-ready", "timers", "--always-ready held 'timers'; allowed are market-events, durable")]
    public async Task Cost_WrongOption_IsRefusedWithASentence(string option, string value, string sentence)
    {
        var cost = await Cli.RunAsync("cost", option, value);

        Assert.Equal(2, cost.Code);
        Assert.Contains(sentence, cost.Errors, StringComparison.Ordinal);
    }
}
