using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Changes of an order book (<c>depthUpdate</c>). A decoder fills one instance again and again, so that a message
/// allocates nothing; who keeps an update keeps a copy.
/// </summary>
public sealed class DepthUpdate
{
    /// <summary>
    /// More levels than this on a side are no update but a fault: a snapshot has 1,000, and an update of the widest
    /// stream (500 ms) has changed fewer.
    /// </summary>
    public const int LevelsMax = 10_000;

    /// <summary>In the <see cref="SymbolTable"/>.</summary>
    public int SymbolIndex { get; private set; } = -1;

    /// <summary>UTC, Unix milliseconds (<c>E</c>).</summary>
    public long EventMs { get; private set; }

    /// <summary>UTC, Unix milliseconds (<c>T</c>).</summary>
    public long TransactionMs { get; private set; }

    /// <summary><c>U</c>.</summary>
    public long FirstId { get; private set; }

    /// <summary><c>u</c>; never below <see cref="FirstId"/>.</summary>
    public long LastId { get; private set; }

    /// <summary><c>pu</c>: the <see cref="LastId"/> of the update before, of which none may be missing.</summary>
    public long PreviousId { get; private set; }

    /// <summary>In the order sent. Prices are above 0, quantities absolute, 0 removes.</summary>
    public ReadOnlySpan<BookLevel> Bids => BidBuffer.Levels;

    /// <summary>In the order sent. Prices are above 0, quantities absolute, 0 removes.</summary>
    public ReadOnlySpan<BookLevel> Asks => AskBuffer.Levels;

    internal LevelBuffer BidBuffer { get; } = new();

    internal LevelBuffer AskBuffer { get; } = new();

    /// <summary>An update of its own, for tests and generated markets.</summary>
    /// <exception cref="ArgumentException">More than <see cref="LevelsMax"/> levels on a side.</exception>
    public static DepthUpdate Of(
        int symbolIndex, long eventMs, long transactionMs, long firstId, long lastId, long previousId,
        ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        var update = new DepthUpdate();
        update.SetHead(symbolIndex, eventMs, transactionMs, firstId, lastId, previousId);
        update.BidBuffer.Set(bids);
        update.AskBuffer.Set(asks);
        return update;
    }

    /// <summary>An independent instance with the same content, to keep.</summary>
    public DepthUpdate Copy()
    {
        var copy = new DepthUpdate();
        CopyTo(copy);
        return copy;
    }

    /// <summary>Makes <paramref name="target"/> equal to this; allocates only when its arrays are too small.</summary>
    public void CopyTo(DepthUpdate target)
    {
        target.SetHead(SymbolIndex, EventMs, TransactionMs, FirstId, LastId, PreviousId);
        target.BidBuffer.Set(Bids);
        target.AskBuffer.Set(Asks);
    }

    internal void SetHead(
        int symbolIndex, long eventMs, long transactionMs, long firstId, long lastId, long previousId) =>
        (SymbolIndex, EventMs, TransactionMs, FirstId, LastId, PreviousId) =
            (symbolIndex, eventMs, transactionMs, firstId, lastId, previousId);
}
