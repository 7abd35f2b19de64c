using System.Threading.Channels;
using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Sidecar;

/// <summary>Reads the feed at the exchange's pace: closing time after closing time, into a bounded queue.</summary>
/// <param name="feed">Candles as they close.</param>
internal sealed class MarketReader(ExchangeFeed feed) : IDisposable
{
    /// <summary>
    /// Closing times that may wait to be published: of five hundred symbols three hours. Then reading stops, and what the streams tell is
    /// asked for by request later.
    /// </summary>
    public const int WaitingMax = 200;

    private readonly Channel<ClosedTime> _read = Channel.CreateBounded<ClosedTime>(
        new BoundedChannelOptions(WaitingMax) { SingleReader = true, SingleWriter = true });

    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _readMs;

    /// <summary>What was read, in order.</summary>
    public ChannelReader<ClosedTime> Closed => _read.Reader;

    /// <summary>The last closing time that was read, UTC, Unix milliseconds; 0 before the first.</summary>
    public long ReadMs
    {
        get => Interlocked.Read(ref _readMs);
        private set => Interlocked.Exchange(ref _readMs, value);
    }

    /// <summary>Reads until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var closeMs = feed.NextCloseMs;
                await feed.WaitAsync(cancel);
                if (feed.NextCloseMs != closeMs) continue;   // an exchange that was away has gone on elsewhere
                await _read.Writer.WriteAsync(await ReadAsync(cancel), cancel);
            }
        }
        catch (Exception e)
        {
            _read.Writer.TryComplete(e is OperationCanceledException ? null : e);
            throw;
        }
    }

    /// <summary>Follows these symbols from now on, between two closing times.</summary>
    /// <param name="listings">All of them.</param>
    /// <param name="newFromMs">The store holds what closed up to here of those that are new.</param>
    /// <param name="cancel">Ends the wait for its turn.</param>
    public async Task FollowAsync(IReadOnlyList<SymbolListing> listings, long newFromMs, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            feed.Follow(listings, newFromMs);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<ClosedTime> ReadAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            var closeMs = feed.NextCloseMs;
            var isStored = closeMs <= feed.StoredUntilMs;
            var candles = new List<FeedCandle>();
            feed.Read(candles);
            ReadMs = closeMs;
            var contexts = candles.Any(closed => closed.Series.Frame >= TimeFrame.M15)
                ? feed.Listings.Select(listing => new SymbolContext(listing.Symbol, feed.ContextOf(listing.Symbol)))
                    .Where(known => known.Context != MarketContext.Unavailable).ToArray()
                : [];
            return new(closeMs, candles, contexts, isStored, TraceContext.Of(feed.Trace));
        }
        finally
        {
            _turn.Release();
        }
    }
}
