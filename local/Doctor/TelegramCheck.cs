using System.Text.Json;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Telegram;

namespace FuturesBot.Local.Doctor;

/// <summary>Is there a bot, does Telegram know it, and who may talk to it?</summary>
internal static class TelegramCheck
{
    private const string Area = "telegram";

    /// <param name="options">Settings of the chat.</param>
    /// <param name="environment">The token.</param>
    /// <param name="findings">Takes what is found.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="cancel">Ends the look.</param>
    public static async Task RunAsync(
        TelegramOptions options, IReadOnlyDictionary<string, string> environment, List<Finding> findings, TimeProvider time, CancellationToken cancel)
    {
        if (!options.Enabled)
        {
            findings.Add(Finding.Ok(Area, $"telegram.enabled is false: no chat"));
            return;
        }

        TelegramKeys? keys;
        try
        {
            keys = TelegramKeys.FromEnvironment(environment);
        }
        catch (FormatException wrong)
        {
            findings.Add(Finding.Fault(Area, $"{wrong.Message}", "Copy it again from BotFather, whole and without quotes"));
            return;
        }

        if (keys is null)
        {
            findings.Add(Finding.Ok(Area, $"{TelegramKeys.TokenVariable} is not set: a run shows the chat on its page, as it would look"));
            return;
        }

        var redactor = new Redactor();
        redactor.Hide(keys.WebhookSecret);
        using var api = new BotApi(options, keys.Token, ExchangeProxy.At(options.Proxy, environment), redactor, time);
        if (!await KnowsAsync(api, findings, cancel)) return;
        if (TelegramIds.Read(options.Chats).Count == 0)
        {
            findings.Add(Finding.Warning(
                Area, $"telegram.chats is empty: nobody is told anything",
                "Write to the bot while a run is going: its log says the numbers of the chat and of the person; put them into telegram.chats"));
        }

        await LookAtWebhookAsync(api, options, keys, findings, cancel);
    }

    private static async Task<bool> KnowsAsync(BotApi api, List<Finding> findings, CancellationToken cancel)
    {
        switch (await api.GetMeAsync(cancel))
        {
            case BotAnswer.Done done:
                findings.Add(Finding.Ok(Area, $"the token is that of @{TextOf(done.Result, "username")}"));
                return true;
            case BotAnswer.Fault { Code: 401 or 404 }:
                findings.Add(Finding.Fault(Area, $"Telegram does not know the token", "Ask BotFather for it (/token), and set it in the environment"));
                return false;
            case var other:
                findings.Add(Finding.Fault(
                    Area, $"Telegram cannot be reached: {other.Text}", "See that api.telegram.org is allowed from here, or set telegram.proxy"));
                return false;
        }
    }

    private static async Task LookAtWebhookAsync(
        BotApi api, TelegramOptions options, TelegramKeys keys, List<Finding> findings, CancellationToken cancel)
    {
        if (options.Webhook.Length > 0 && keys.WebhookSecret is null)
        {
            findings.Add(Finding.Fault(
                Area, $"telegram.webhook is set, and {TelegramKeys.WebhookSecretVariable} is not",
                "Set it: without the secret anybody could speak for Telegram"));
        }

        if (await api.GetWebhookInfoAsync(cancel) is not BotAnswer.Done { Result: var info }) return;
        var url = TextOf(info, "url");
        if (url.Length == 0)
        {
            findings.Add(Finding.Ok(Area, $"no webhook is set: updates are asked for"));
            return;
        }

        var waiting = info.TryGetProperty("pending_update_count", out var count) && count.TryGetInt64(out var pending) ? pending : 0;
        var fault = TextOf(info, "last_error_message");
        var host = Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.Host : "an address that cannot be read";
        findings.Add(url == options.Webhook && fault.Length == 0
            ? Finding.Ok(Area, $"updates are brought to {host}; {waiting} wait. A local run leaves them there: it tells, and hears no commands")
            : url == options.Webhook
                ? Finding.Warning(Area, $"updates are brought to {host}; {waiting} wait, and the last delivery failed: {fault}", "See that the host answers there with 200")
                : options.Webhook.Length > 0
                    ? Finding.Warning(
                        Area, $"updates are brought to {host}, which is not telegram.webhook; {waiting} wait",
                        "Two hosts with one token take each other's updates; a local run changes nothing here while telegram.webhook is set")
                    : Finding.Warning(
                        Area, $"updates are brought to {host}, and telegram.webhook is empty; {waiting} wait",
                        "A local run takes that webhook away when it starts, and that host hears nothing any more; name it in telegram.webhook to leave it"));
    }

    private static string TextOf(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.String
            ? part.GetString() ?? ""
            : "";
}
