using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Market;

/// <summary>The book as one would write it down: two sorted dictionaries, price to quantity. The truth of the tests.</summary>
internal sealed class PlainBook
{
    public SortedDictionary<long, long> Bids { get; } = new(Comparer<long>.Create((a, b) => b.CompareTo(a)));

    public SortedDictionary<long, long> Asks { get; } = [];

    public long BestBid => Bids.Count == 0 ? 0 : Bids.Keys.First();

    public long BestAsk => Asks.Count == 0 ? 0 : Asks.Keys.First();

    public void Apply(IEnumerable<BookLevel> bids, IEnumerable<BookLevel> asks)
    {
        Apply(Bids, bids);
        Apply(Asks, asks);
    }

    /// <summary>Best first.</summary>
    public BookLevel[] BidLevels() => [.. Bids.Select(level => new BookLevel(level.Key, level.Value))];

    /// <summary>Best first.</summary>
    public BookLevel[] AskLevels() => [.. Asks.Select(level => new BookLevel(level.Key, level.Value))];

    public void AssertEqual(OrderBook book, string when) => AssertEqual(book, BidLevels(), AskLevels(), when);

    public static void AssertEqual(OrderBook book, BookLevel[] bids, BookLevel[] asks, string when)
    {
        Assert.True(
            (bids.Length, asks.Length) == (book.BidLevels, book.AskLevels),
            $"{when}: {book.BidLevels} bids and {book.AskLevels} asks instead of {bids.Length} and {asks.Length}");
        var levels = new BookLevel[Math.Max(bids.Length, asks.Length)];
        Assert.Equal(bids.Length, book.CopyBids(levels));
        Assert.True(bids.AsSpan().SequenceEqual(levels.AsSpan(0, bids.Length)), $"{when}: the bids differ");
        Assert.Equal(asks.Length, book.CopyAsks(levels));
        Assert.True(asks.AsSpan().SequenceEqual(levels.AsSpan(0, asks.Length)), $"{when}: the asks differ");
        Assert.True(
            (bids.FirstOrDefault(), asks.FirstOrDefault()) ==
            (new BookLevel(book.BestBid, book.BestBidQuantity), new BookLevel(book.BestAsk, book.BestAskQuantity)),
            $"{when}: the best prices differ");
    }

    private static void Apply(SortedDictionary<long, long> side, IEnumerable<BookLevel> changes)
    {
        foreach (var (price, quantity) in changes)
        {
            if (quantity == 0) side.Remove(price);
            else side[price] = quantity;
        }
    }
}
