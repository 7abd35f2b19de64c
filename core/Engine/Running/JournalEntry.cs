using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Running;

/// <summary>One line of "what happened".</summary>
/// <param name="TimeMs">Market time, UTC, Unix milliseconds.</param>
/// <param name="Kind">signal, fill, exit, refusal, regime, data or system.</param>
/// <param name="IsWarning">Something that a reader should look at.</param>
/// <param name="Symbol">Null for the whole system.</param>
/// <param name="Text">The sentence without the symbol.</param>
/// <param name="SignalId">The signal it speaks of; null without.</param>
public sealed record JournalEntry(
    long TimeMs, string Kind, bool IsWarning, string? Symbol, string Text, string? SignalId)
{
    public static JournalEntry Of(long timeMs, string kind, Symbol symbol, string text, string? signalId = null) =>
        new(timeMs, kind, IsWarning: false, symbol.Name, text, signalId);
}
