using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Ports;

/// <summary>Something that a person should know and can do something about.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Key">Alerts with the same key are one matter: carriers may leave repeats out.</param>
/// <param name="Text">A sentence or two for log and page: what happened, what follows, what can be done. Never a secret.</param>
/// <param name="AtMs">Wall time, UTC, Unix milliseconds.</param>
/// <param name="Message">The same for a chat, in its reader's language.</param>
public sealed record Alert(AlertKind Kind, string Key, string Text, long AtMs, IMessage Message);
