using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Wire;

/// <summary>A book in a few numbers, in ticks and steps: two books with the same numbers have the same best twenty levels.</summary>
/// <param name="UpdateId">The update after which it stood so.</param>
/// <param name="Bid">Best bid.</param>
/// <param name="Ask">Best ask.</param>
/// <param name="BidSteps">Sum of the best twenty bids.</param>
/// <param name="AskSteps">Sum of the best twenty asks.</param>
/// <param name="Digest">FNV-1a over ticks and steps of the best twenty bids, then asks, best first, eight bytes each, low first.</param>
public readonly record struct BookState(
    long UpdateId, DepthLevel Bid, DepthLevel Ask, long BidSteps, long AskSteps, ulong Digest)
{
    private const ulong Basis = 14_695_981_039_346_656_037;
    private const ulong Prime = 1_099_511_628_211;

    public static BookState Of(BookSnapshot book)
    {
        var digest = Digested(Digested(Basis, book.Bids), book.Asks);
        return new(book.LastUpdateId, First(book.Bids), First(book.Asks), Sum(book.Bids), Sum(book.Asks), digest);
    }

    private static DepthLevel First(IReadOnlyList<DepthLevel> levels) => levels.Count > 0 ? levels[0] : default;

    private static long Sum(IReadOnlyList<DepthLevel> levels)
    {
        var sum = 0L;
        for (var i = 0; i < levels.Count; i++) sum += levels[i].Steps;
        return sum;
    }

    private static ulong Digested(ulong digest, IReadOnlyList<DepthLevel> levels)
    {
        for (var i = 0; i < levels.Count; i++) digest = Digested(Digested(digest, levels[i].Ticks), levels[i].Steps);
        return digest;
    }

    private static ulong Digested(ulong digest, long value)
    {
        unchecked
        {
            for (var at = 0; at < 64; at += 8) digest = (digest ^ (byte)(value >> at)) * Prime;
            return digest;
        }
    }
}
