using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Chat.Book;

/// <summary>Something that keeps a symbol from signalling again.</summary>
/// <param name="Strategy">The strategy that has a live signal here; null for a lock of a side.</param>
/// <param name="IsActionPrice">The lock is Action Price's own.</param>
/// <param name="Side">The locked side; null for a strategy's block.</param>
/// <param name="UntilMs">Market time of its end; null while the signal lives.</param>
public sealed record LockNote(string? Strategy, bool IsActionPrice, Side? Side, long? UntilMs);
