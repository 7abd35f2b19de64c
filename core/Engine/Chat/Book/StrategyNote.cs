using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat.Book;

/// <summary>A strategy, switched on or off, and what came of it.</summary>
/// <param name="Name">The catalog's.</param>
/// <param name="Enabled">Off: it is not asked at all.</param>
/// <param name="Frame">Whose close asks it; null while it is switched off.</param>
/// <param name="Fit">
/// Symbols by the weight that the present regime gives its base (spec 2.9), the lightest first; empty for a strategy that
/// judges itself.
/// </param>
/// <param name="WithoutRegime">Symbols whose regime is not known now.</param>
/// <param name="Signals">Signals decided in the last 30 days.</param>
/// <param name="Trades">Of the trades that closed in the last 30 days.</param>
public sealed record StrategyNote(
    string Name, bool Enabled, TimeFrame? Frame, IReadOnlyList<RegimeFit> Fit, int WithoutRegime, int Signals, GroupStatistics Trades);
