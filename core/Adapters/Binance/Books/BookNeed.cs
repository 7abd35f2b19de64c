namespace FuturesBot.Adapters.Binance.Books;

/// <summary>What a book needs a snapshot for, the most urgent first.</summary>
internal enum BookNeed
{
    /// <summary>It is not in step.</summary>
    Book,

    /// <summary>It is in step, and so little is known around the price that its imbalance is unavailable.</summary>
    Reach,

    /// <summary>It is in step and says all it should, and the end of what is known comes near.</summary>
    MoreReach,

    /// <summary>Nothing.</summary>
    None,
}
