using FuturesBot.Adapters.Telegram;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Local.Chat;

/// <summary>What a <see cref="ChatSession"/> is made of.</summary>
/// <param name="Options">Settings of the chat.</param>
/// <param name="Store">The run's own.</param>
/// <param name="Account">Whose money signals move.</param>
/// <param name="Logs">Where it logs.</param>
/// <param name="Time">Wall time.</param>
internal sealed record ChatSessionParts(TelegramOptions Options, IRunStore Store, AccountKind Account, ILoggerFactory Logs, TimeProvider Time);
