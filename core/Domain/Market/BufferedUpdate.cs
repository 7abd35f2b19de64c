using System.Buffers;

namespace FuturesBot.Domain.Market;

/// <summary>A depth update that waits for a snapshot; its levels lie in a rented array, bids first.</summary>
internal readonly record struct BufferedUpdate(
    long EventMs, long ReceivedMs, long FirstId, long FinalId, long PreviousFinalId,
    BookLevel[] Levels, int BidCount, int AskCount)
{
    public int Count => BidCount + AskCount;

    public ReadOnlySpan<BookLevel> Bids => Levels.AsSpan(0, BidCount);

    public ReadOnlySpan<BookLevel> Asks => Levels.AsSpan(BidCount, AskCount);

    public void Return() => ArrayPool<BookLevel>.Shared.Return(Levels);
}
