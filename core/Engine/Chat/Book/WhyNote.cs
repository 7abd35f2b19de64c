using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Chat.Book;

/// <summary>Why there was no signal on a symbol.</summary>
/// <param name="Regime">As the last decision saw it.</param>
/// <param name="RegimeSinceMs">Market time; null when it was there before anybody looked.</param>
/// <param name="LastPrice">Quote units; NaN when there is none.</param>
/// <param name="Rows">Per strategy and side what was asked, the nearest to firing first.</param>
/// <param name="Locks">What keeps the symbol from signalling again.</param>
/// <param name="IsFrozen">A gap in the data lies so close behind that nothing new is set up.</param>
/// <param name="Refused">The newest refused triggers of the symbol, the newest first.</param>
public sealed record WhyNote(
    Symbol Symbol, RegimeReading Regime, long? RegimeSinceMs, double LastPrice, IReadOnlyList<WhyRow> Rows,
    IReadOnlyList<LockNote> Locks, bool IsFrozen, IReadOnlyList<RefusalNote> Refused);
