using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Chat.Book;

/// <summary>The data of one symbol as its strategies see them.</summary>
/// <param name="Frames">The frames that decisions stand on, the shortest first.</param>
/// <param name="IsFrozen">A gap lies so close behind that nothing new is set up.</param>
/// <param name="Restarts">How often a gap too long to bridge made it start anew.</param>
/// <param name="RefusedCandles">Candles that were late, doubled or contradicted what was known.</param>
/// <param name="HasRegime">The 4h candle due now is in.</param>
/// <param name="Missing">Inputs beside candles that are not there now, such as <c>order_book</c>.</param>
/// <param name="Strategies">What each strategy that is switched on said at its last closing time.</param>
public sealed record DataNote(
    Symbol Symbol, IReadOnlyList<FrameNote> Frames, bool IsFrozen, long Restarts, long RefusedCandles, bool HasRegime,
    IReadOnlyList<string> Missing, IReadOnlyList<StrategyInputs> Strategies);
