namespace FuturesBot.Domain.Risk;

/// <summary>How an entry is placed.</summary>
/// <param name="Price">Limit price, or the reference of a market entry; on the tick.</param>
/// <param name="ExpiryBars">Strategy bars from the decision bar's close; 0 for a market entry.</param>
public readonly record struct EntryTerms(EntryType Type, decimal Price, int ExpiryBars);
