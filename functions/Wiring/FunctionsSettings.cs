using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Adapters.Telemetry;

namespace FuturesBot.Functions.Wiring;

/// <summary>What the app is told by its settings, looked through before anything starts. Every fault is reported at once.</summary>
/// <param name="Bot">The settings of the bot, as <c>config/bot.yaml</c> describes them.</param>
/// <param name="WebhookSecret">What Telegram sends with each update; null without a bot.</param>
/// <param name="Telemetry">Where telemetry goes; nowhere: only to the host.</param>
/// <param name="ClientId">Of the app's identity; null outside of Azure.</param>
public sealed record FunctionsSettings(BotOptions Bot, Secret? WebhookSecret, TelemetryTargets Telemetry, string? ClientId)
{
    /// <summary>Prefix of the settings of the queue triggers' account.</summary>
    public const string QueueConnection = "Storage";

    /// <summary>Name of the durable task hub.</summary>
    public const string TaskHub = "TASKHUB_NAME";

    /// <param name="file">The bot's settings; null for the defaults.</param>
    /// <param name="environment">Application settings arrive as variables.</param>
    /// <exception cref="ConfigurationException">Something is missing or wrong; the text names all of it and no secret.</exception>
    public static FunctionsSettings Load(string? file, IReadOnlyDictionary<string, string> environment)
    {
        var faults = new List<ConfigurationFault>();
        BotOptions? bot = null;   // where its settings cannot be read, nothing more is said of them
        TelegramKeys? keys = null;
        TelemetryTargets? telemetry = null;
        try
        {
            bot = BotConfiguration.Load(file, environment);
        }
        catch (ConfigurationException e)
        {
            faults.AddRange(e.Faults);
        }

        try
        {
            keys = TelegramKeys.FromEnvironment(environment);
        }
        catch (FormatException e)
        {
            faults.Add(new("telegram", "environment", e.Message));
        }

        try
        {
            telemetry = TelemetryTargets.Of(bot?.Telemetry ?? new(), environment);
        }
        catch (InvalidDataException e)
        {
            faults.Add(new("telemetry", "environment", e.Message));
        }

        if (bot?.Storage.Kind == StorageKind.Sqlite)
            faults.Add(new("storage.kind", "environment", "was sqlite; functions need azurite or azure (FUTURESBOT__STORAGE__KIND)"));

        // The host leaves a function out whose connection is missing, and starts; better no start at all.
        if (Text(QueueConnection) is null && Text(QueueConnection + "__queueServiceUri") is null)
            faults.Add(new(QueueConnection, "environment", $"is missing: a connection string, or {QueueConnection}__queueServiceUri with {QueueConnection}__credential"));
        if (Text(TaskHub) is null)
            faults.Add(new(TaskHub, "environment", "is missing: the name of the durable task hub, letters and digits"));
        var secret = keys?.WebhookSecret ?? Secret.From(environment.GetValueOrDefault(TelegramKeys.WebhookSecretVariable));
        if (bot?.Telegram.Webhook.Length > 0 && secret is null)
            faults.Add(new(TelegramKeys.WebhookSecretVariable, "environment", "is missing, and telegram.webhook is set: updates could not be told from forged ones"));
        return faults.Count == 0
            ? new(bot!, secret, telemetry!, Text("AZURE_CLIENT_ID"))
            : throw new ConfigurationException(faults);

        string? Text(string name) => environment.GetValueOrDefault(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }
}
