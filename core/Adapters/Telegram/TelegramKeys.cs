using FuturesBot.Adapters.Binance;

namespace FuturesBot.Adapters.Telegram;

/// <summary>The bot's secrets, from the environment only.</summary>
/// <param name="Token"><see cref="TokenVariable"/>, as BotFather gives it: 123456789:AA….</param>
/// <param name="WebhookSecret"><see cref="WebhookSecretVariable"/>: 1–256 of A–Z, a–z, 0–9, _ and -.</param>
public sealed record TelegramKeys(Secret Token, Secret? WebhookSecret = null)
{
    public const string TokenVariable = "TELEGRAM_BOT_TOKEN";
    public const string WebhookSecretVariable = "TELEGRAM_WEBHOOK_SECRET";

    /// <summary>Null where the environment has no token.</summary>
    /// <exception cref="FormatException">A secret has a form that Telegram does not give or take. The text tells nothing of it.</exception>
    public static TelegramKeys? FromEnvironment(IReadOnlyDictionary<string, string> environment)
    {
        var secret = Secret.From(environment.GetValueOrDefault(WebhookSecretVariable));
        if (secret is not null && !IsWebhookSecret(secret.Reveal()))
            throw new FormatException($"{WebhookSecretVariable} may hold 1 to 256 of A-Z, a-z, 0-9, _ and -, nothing else");
        if (Secret.From(environment.GetValueOrDefault(TokenVariable)) is not { } token) return null;
        return IsToken(token.Reveal())
            ? new(token, secret)
            : throw new FormatException($"{TokenVariable} is no bot token: digits, a colon, then letters, digits, _ and - are needed");
    }

    private static bool IsToken(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is var colon and > 0
        && text[..colon].All(char.IsAsciiDigit) && colon + 1 < text.Length && text[(colon + 1)..].All(IsWord);

    private static bool IsWebhookSecret(string text) => text.Length is >= 1 and <= 256 && text.All(IsWord);

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
