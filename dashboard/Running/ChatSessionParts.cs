using FuturesBot.Adapters.Telegram;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Dashboard.Running;

/// <summary>What a <see cref="ChatSession"/> is made of.</summary>
/// <param name="Options">Settings of the chat.</param>
/// <param name="Outbox">Messages that wait to be sent.</param>
/// <param name="Values">Where people's settings are kept.</param>
/// <param name="Account">Whose money signals move.</param>
/// <param name="Logs">Where it logs.</param>
/// <param name="Time">Wall time.</param>
public sealed record ChatSessionParts(
    TelegramOptions Options, IOutbox Outbox, IValueStore Values, AccountKind Account, ILoggerFactory Logs, TimeProvider Time)
{
    /// <summary>Opens what stands in for Telegram where there is no token; null: there is then no chat.</summary>
    public Func<CancellationToken, Task<IChatStandIn>>? StandIn { get; init; }
}
