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

    private BookLevel[] _bids = [];
    private BookLevel[] _asks = [];
    private int _bidCount;
    private int _askCount;

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
    public ReadOnlySpan<BookLevel> Bids => _bids.AsSpan(0, _bidCount);

    /// <summary>In the order sent. Prices are above 0, quantities absolute, 0 removes.</summary>
    public ReadOnlySpan<BookLevel> Asks => _asks.AsSpan(0, _askCount);

    /// <summary>An update of its own, for tests and generated markets.</summary>
    /// <exception cref="ArgumentException">More than <see cref="LevelsMax"/> levels on a side.</exception>
    public static DepthUpdate Of(
        int symbolIndex, long eventMs, long transactionMs, long firstId, long lastId, long previousId,
        ReadOnlySpan<BookLevel> bids, ReadOnlySpan<BookLevel> asks)
    {
        var update = new DepthUpdate();
        update.SetHead(symbolIndex, eventMs, transactionMs, firstId, lastId, previousId);
        Fill(ref update._bids, ref update._bidCount, bids);
        Fill(ref update._asks, ref update._askCount, asks);
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
        Fill(ref target._bids, ref target._bidCount, Bids);
        Fill(ref target._asks, ref target._askCount, Asks);
    }

    internal void SetHead(
        int symbolIndex, long eventMs, long transactionMs, long firstId, long lastId, long previousId) =>
        (SymbolIndex, EventMs, TransactionMs, FirstId, LastId, PreviousId) =
            (symbolIndex, eventMs, transactionMs, firstId, lastId, previousId);

    private static void Fill(ref BookLevel[] levels, ref int count, ReadOnlySpan<BookLevel> from)
    {
        if (from.Length > LevelsMax)
            throw new ArgumentException($"{from.Length} levels on a side; at most {LevelsMax}", nameof(from));
        if (levels.Length < from.Length) levels = new BookLevel[from.Length];
        from.CopyTo(levels);
        count = from.Length;
    }
}
