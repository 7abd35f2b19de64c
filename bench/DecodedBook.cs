using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>From the bytes of a message to the book, as the live system goes: decoder, sync, book, meter.</summary>
internal sealed class DecodedBook : BookEvents
{
    private readonly StreamDecoder _decoder;
    private readonly OrderBook _book;

    public DecodedBook(RecordedDepth recording)
    {
        _decoder = new(new(recording.Symbol));
        _book = new(recording.TickSize);
        Sync = Begin(recording.Updates[0]);
    }

    public BookSync Sync { get; private set; }

    public BookTicker LastTicker { get; private set; }

    /// <summary>A book that is in step from the first update on.</summary>
    public BookSync Begin(DepthUpdate first)
    {
        Sync = new(_book, new() { StaleAfterMs = null, EventsFollowWallTime = false });
        Sync.Connected(0);
        Sync.OnSnapshot(first.LastId, [], [], 0);
        return Sync;
    }

    public void Take(byte[][] messages)
    {
        foreach (var message in messages) _decoder.Decode(message, this);
    }

    public override void OnDepth(DepthUpdate update) => Sync.OnUpdate(
        update.EventMs, update.FirstId, update.LastId, update.PreviousId, update.Bids, update.Asks, update.EventMs);

    public override void OnBookTicker(in BookTicker ticker) => LastTicker = ticker;
}
