using FuturesBot.Adapters.Telegram;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Local.Chat;

/// <summary>What a <see cref="ChatSession"/> is made of.</summary>
/// <param name="Options">Settings of the chat.</param>
/// <param name="Logs">Where it logs.</param>
/// <param name="Time">Wall time.</param>
internal sealed record ChatSessionParts(TelegramOptions Options, ILoggerFactory Logs, TimeProvider Time);
