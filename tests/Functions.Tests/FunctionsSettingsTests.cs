using FuturesBot.Adapters.Configuration;
using FuturesBot.Functions.Wiring;
using Xunit;

namespace FuturesBot.Functions.Tests;

public sealed class FunctionsSettingsTests
{
    private static Dictionary<string, string> Good => new()
    {
        ["Storage__queueServiceUri"] = "https://account.queue.core.windows.net",
        ["TASKHUB_NAME"] = "futuresbot",
        ["FUTURESBOT__STORAGE__KIND"] = "azure",
        ["FUTURESBOT__STORAGE__ACCOUNT"] = "account",
        ["TELEGRAM_WEBHOOK_SECRET"] = "a-secret_of-telegram",
        ["FUTURESBOT__TELEGRAM__WEBHOOK"] = "https://functions.example.org",
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=00000000-0000-0000-0000-000000000001",
        ["AZURE_CLIENT_ID"] = " ",
    };

    [Fact]
    public void Load_SettingsAsTheTemplatesGiveThem_AreTaken()
    {
        var settings = FunctionsSettings.Load(file: null, Good);

        Assert.Equal(StorageKind.Azure, settings.Bot.Storage.Kind);
        Assert.Equal("a-secret_of-telegram", settings.WebhookSecret!.Reveal());
        Assert.NotNull(settings.Telemetry.ApplicationInsights);
        Assert.Null(settings.ClientId);
    }

    [Theory]
    [InlineData("Storage__queueServiceUri", null, "Storage")]
    [InlineData("Storage__queueServiceUri", " ", "Storage")]
    [InlineData("TASKHUB_NAME", " ", "TASKHUB_NAME")]
    [InlineData("Storage__queueServiceUri", "account.queue.core.windows.net", "Storage__queueServiceUri")]
    [InlineData("Storage__queueServiceUri", "https://another.queue.core.windows.net", "Storage__queueServiceUri")]   // its batches would come from elsewhere
    [InlineData("TASKHUB_NAME", "1-bad_hub", "TASKHUB_NAME")]
    [InlineData("FUTURESBOT__STORAGE__PREFIX", "Has-dash", "storage.prefix")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "hidden treasure", "APPLICATIONINSIGHTS_CONNECTION_STRING")]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "InstrumentationKey=hidden treasure", "APPLICATIONINSIGHTS_CONNECTION_STRING")]
    [InlineData("FUTURESBOT__STORAGE__KIND", "sqlite", "storage.kind")]
    [InlineData("FUTURESBOT__STORAGE__KIND", "tape", "storage.kind")]
    [InlineData("TELEGRAM_WEBHOOK_SECRET", null, "TELEGRAM_WEBHOOK_SECRET")]
    [InlineData("TELEGRAM_WEBHOOK_SECRET", "hidden treasure", "TELEGRAM_WEBHOOK_SECRET")]
    [InlineData("TELEGRAM_BOT_TOKEN", "hidden treasure", "TELEGRAM_BOT_TOKEN")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost", "OTEL_EXPORTER_OTLP_ENDPOINT")]
    [InlineData("FUTURESBOT__TELEMETRY__METRICS_SECONDS", "1", "telemetry.metrics_seconds")]
    public void Load_OneThatIsMissingOrWrong_IsNamedAlone(string name, string? value, string named)
    {
        var environment = Good;
        environment.Remove(name);
        if (value is not null) environment[name] = value;

        var wrong = Assert.Throws<ConfigurationException>(() => FunctionsSettings.Load(file: null, environment));

        var fault = Assert.Single(wrong.Faults);
        Assert.Contains(named, fault.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("treasure", wrong.Message, StringComparison.Ordinal);
    }
}
