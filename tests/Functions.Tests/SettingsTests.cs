using System.Text.Json;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Functions.Wiring;
using Xunit;

namespace FuturesBot.Functions.Tests;

public sealed class SettingsTests
{
    [Fact]
    public void Load_TheSampleAsItIs_Starts()
    {
        var settings = FunctionsSettings.Load(file: null, Sample());

        Assert.Equal(StorageKind.Azurite, settings.Bot.Storage.Kind);
        Assert.Null(settings.WebhookSecret);
        Assert.False(settings.Telemetry.Any);
    }

    [Theory]
    [InlineData(FunctionsSettings.QueueConnection)]
    [InlineData(FunctionsSettings.TaskHub)]
    [InlineData("FUTURESBOT__STORAGE__KIND")]
    public void Load_TheSampleWithoutWhatIsNeeded_SaysWhatIsMissing(string name)
    {
        var values = Sample();
        Assert.True(values.Remove(name), $"the sample has no {name}");

        var faults = Assert.Throws<ConfigurationException>(() => FunctionsSettings.Load(file: null, values));

        Assert.Contains(name, faults.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_TheSampleWithAWebhook_NeedsItsSecret()
    {
        var values = Sample();
        values["FUTURESBOT__TELEGRAM__WEBHOOK"] = "https://bot.example/telegram";
        Assert.Throws<ConfigurationException>(() => FunctionsSettings.Load(file: null, values));

        values["TELEGRAM_WEBHOOK_SECRET"] = "made-up";

        Assert.NotNull(FunctionsSettings.Load(file: null, values).WebhookSecret);
    }

    private static Dictionary<string, string> Sample()
    {
        using var json = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "local.settings.sample.json")), new() { CommentHandling = JsonCommentHandling.Skip });
        return json.RootElement.GetProperty("Values").EnumerateObject()
            .ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
    }
}
