namespace FuturesBot.Adapters.Telegram;

/// <summary>What an HTTP trigger answers to Telegram; the number is the status.</summary>
public enum WebhookAnswer
{
    /// <summary>Taken in, or nothing to answer: Telegram must not bring it again.</summary>
    Taken = 200,

    /// <summary>No update.</summary>
    Malformed = 400,

    /// <summary>The secret is not ours.</summary>
    Forbidden = 403,

    /// <summary>Longer than an update can be.</summary>
    TooLong = 413,

    /// <summary>It could not be taken in now: Telegram brings it again.</summary>
    Later = 503,
}
