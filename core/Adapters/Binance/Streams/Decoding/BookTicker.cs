namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Best bid and ask (<c>bookTicker</c>). An empty side has price and quantity 0.</summary>
/// <param name="SymbolIndex">In the <see cref="SymbolTable"/>.</param>
/// <param name="EventMs">UTC, Unix milliseconds.</param>
/// <param name="TransactionMs">UTC, Unix milliseconds.</param>
/// <param name="UpdateId">Of the book's state that it shows.</param>
/// <param name="Bid">Units of 10⁻⁸ quote.</param>
/// <param name="BidQuantity">Units of 10⁻⁸ base.</param>
/// <param name="Ask">Units of 10⁻⁸ quote.</param>
/// <param name="AskQuantity">Units of 10⁻⁸ base.</param>
public readonly record struct BookTicker(
    int SymbolIndex, long EventMs, long TransactionMs, long UpdateId,
    long Bid, long BidQuantity, long Ask, long AskQuantity);
