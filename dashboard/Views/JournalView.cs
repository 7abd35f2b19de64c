namespace FuturesBot.Dashboard;

/// <summary>One line of "what happened".</summary>
/// <param name="Kind">signal, fill, exit, refusal, regime, data, system: chooses the mark.</param>
/// <param name="Symbol">Empty for the whole system.</param>
/// <param name="Text">The sentence without the symbol.</param>
/// <param name="SignalId">Opens that signal; null without.</param>
public sealed record JournalView(
    long TimeMs,
    string Kind,
    HealthLevel Level,
    string Symbol,
    string Text,
    string? SignalId,
    bool Replayed);
