using System.ComponentModel.DataAnnotations;
using FuturesBot.Engine.Chat.Delivery;

namespace FuturesBot.Adapters.Telegram;

/// <summary>
/// The chat. The bot's token comes from the environment alone (TELEGRAM_BOT_TOKEN); without one a local run shows the chat on
/// the page as it would look.
/// </summary>
public sealed record TelegramOptions
{
    /// <summary>False keeps the chat silent, whatever the environment holds.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Base address of the Bot API; a Bot API server of your own has another.</summary>
    public string BaseAddress { get; init; } = "https://api.telegram.org";

    /// <summary>
    /// Proxy on the way to it: http://host:port or socks5://host:port; empty for none. Its user and password come from
    /// FUTURESBOT_PROXY_USER and FUTURESBOT_PROXY_PASSWORD.
    /// </summary>
    public string Proxy { get; init; } = "";

    /// <summary>Chats that are told and heard, numbers separated by commas; those of groups begin with a minus.</summary>
    public string Chats { get; init; } = "";

    /// <summary>
    /// People who may give commands, numbers separated by commas; when empty, in a chat with one person that person alone.
    /// </summary>
    public string Users { get; init; } = "";

    /// <summary>Language of a chat that has chosen none (/language).</summary>
    [AllowedValues("ru", "en")] public string Language { get; init; } = "ru";

    /// <summary>Steps of a signal after its card come without a sound.</summary>
    public bool SilentSteps { get; init; } = true;

    /// <summary>Hour in Kyiv from which messages come without a sound, in a chat that has chosen nothing (/settings).</summary>
    [Range(0, 23)] public int QuietFromHour { get; init; }

    /// <summary>Hour in Kyiv at which sounds come back; the same as quiet_from_hour for no quiet hours.</summary>
    [Range(0, 23)] public int QuietToHour { get; init; }

    /// <summary>Longest wait for an answer, milliseconds.</summary>
    [Range(1_000, 120_000)] public int TimeoutMs { get; init; } = 15_000;

    /// <summary>How long one question for news stays open, seconds.</summary>
    [Range(1, 50)] public int PollSeconds { get; init; } = 25;

    /// <summary>Commands older than so many minutes are dropped: they were given while nothing ran.</summary>
    [Range(1, 1_440)] public int StaleMinutes { get; init; } = 10;

    /// <summary>
    /// Public address (https) to which Telegram brings updates; empty: they are asked for, and a webhook that is set
    /// nevertheless is taken away at the start. While it is named here, a local run tells and hears no commands: the webhook belongs
    /// to a host that has such an address. Its secret comes from TELEGRAM_WEBHOOK_SECRET.
    /// </summary>
    public string Webhook { get; init; } = "";

    public SendPaceOptions Pace { get; init; } = new();

    public OutboxOptions Outbox { get; init; } = new();
}
