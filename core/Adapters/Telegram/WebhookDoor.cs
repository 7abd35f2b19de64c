using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FuturesBot.Adapters.Binance;
using FuturesBot.Engine.Chat;

namespace FuturesBot.Adapters.Telegram;

/// <summary>
/// Reads what Telegram brings to an address. Whoever does not know the secret learns nothing, not even whether there is a bot.
/// </summary>
/// <param name="secret">What <c>setWebhook</c> was given.</param>
/// <param name="time">Wall time.</param>
public sealed class WebhookDoor(Secret secret, TimeProvider time)
{
    /// <summary>The header that holds the secret.</summary>
    public const string SecretHeader = "X-Telegram-Bot-Api-Secret-Token";

    private const int BodyMax = 256 << 10;   // the longest update that is answered has 4,096 characters and some names

    private readonly byte[] _secret = SHA256.HashData(Encoding.UTF8.GetBytes(secret.Reveal()));

    /// <param name="secretHeader">Value of <see cref="SecretHeader"/>; null when there was none.</param>
    /// <param name="body">The request's body; no more than an update can hold is read.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>
    /// What to answer, and the update when that is <see cref="WebhookAnswer.Taken"/>; null for one of a kind that is not answered.
    /// </returns>
    public async Task<(WebhookAnswer Answer, ChatUpdate? Update)> ReadAsync(string? secretHeader, Stream body, CancellationToken cancel)
    {
        // Hashes have one length: neither the place of the first difference nor the length can be measured.
        if (!CryptographicOperations.FixedTimeEquals(_secret, SHA256.HashData(Encoding.UTF8.GetBytes(secretHeader ?? ""))))
            return (WebhookAnswer.Forbidden, null);
        var bytes = new byte[BodyMax + 1];
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel);
        if (length > BodyMax) return (WebhookAnswer.TooLong, null);
        try
        {
            using var json = JsonDocument.Parse(bytes.AsMemory(0, length), new() { MaxDepth = 32 });
            return UpdateReader.IdOf(json.RootElement) is null
                ? (WebhookAnswer.Malformed, null)
                : (WebhookAnswer.Taken, UpdateReader.Read(json.RootElement, time.GetUtcNow().ToUnixTimeMilliseconds()));
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            return (WebhookAnswer.Malformed, null);
        }
    }
}
