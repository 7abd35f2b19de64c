using System.Text.RegularExpressions;
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
public sealed partial record FunctionsSettings(BotOptions Bot, Secret? WebhookSecret, TelemetryTargets Telemetry, string? ClientId)
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

        // The host leaves a function out whose connection is missing or wrong, and starts; better no start at all.
        var queues = Text(QueueConnection + "__queueServiceUri");
        if (Text(QueueConnection) is null && queues is null)
            faults.Add(new(QueueConnection, "environment", $"is missing: a connection string, or {QueueConnection}__queueServiceUri with {QueueConnection}__credential"));
        if (queues is not null && !(Uri.TryCreate(queues, UriKind.Absolute, out var address) && address.Scheme is "https" or "http"))
            faults.Add(new(QueueConnection + "__queueServiceUri", "environment", $"was '{queues}'; an address such as https://account.queue.core.windows.net is allowed"));
        else if (queues is not null && bot?.Storage is { Kind: StorageKind.Azure, Account: { Length: > 0 } account } && new Uri(queues).Host.Split('.')[0] != account)
            faults.Add(new(QueueConnection + "__queueServiceUri", "environment", $"was '{queues}'; the batches lie in the account of storage.account, which is '{account}'"));
        if (Text(TaskHub) is not { } hub)
            faults.Add(new(TaskHub, "environment", "is missing: the name of the durable task hub, 3 to 45 letters and digits, a letter first"));
        else if (!HubName().IsMatch(hub))
            faults.Add(new(TaskHub, "environment", $"was '{hub}'; 3 to 45 letters and digits, a letter first, are allowed"));
        var secret = keys?.WebhookSecret ?? Secret.From(environment.GetValueOrDefault(TelegramKeys.WebhookSecretVariable));
        if (bot?.Telegram.Webhook.Length > 0 && secret is null)
            faults.Add(new(TelegramKeys.WebhookSecretVariable, "environment", "is missing, and telegram.webhook is set: updates could not be told from forged ones"));
        return faults.Count == 0
            ? new(bot!, secret, telemetry!, Text("AZURE_CLIENT_ID"))
            : throw new ConfigurationException(faults);

        string? Text(string name) => environment.GetValueOrDefault(name) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9]{2,44}$")]
    private static partial Regex HubName();
}
