using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Sharding;

/// <summary>A shard's batches as a feed. Its host puts them in, in their order; its position is the number of the last one.</summary>
public sealed class BatchFeed : ILiveFeed
{
    private readonly List<FeedCandle> _candles = [];
    private readonly Dictionary<Symbol, MarketContext> _contexts = [];
    private long _number;
    private long _closeMs;
    private bool _isReady;

    /// <param name="listings">The symbols of the state that it goes on from.</param>
    /// <param name="beginMs">Closing times from here on come in batches.</param>
    public BatchFeed(IReadOnlyList<SymbolListing> listings, long beginMs)
    {
        Listings = listings;
        StoredUntilMs = beginMs;
        _closeMs = beginMs;
    }

    public IReadOnlyList<SymbolListing> Listings { get; }

    public long StoredUntilMs { get; }

    /// <summary>Number of the last batch that was put in.</summary>
    public long Number => _number;

    /// <summary>Closing time of that batch.</summary>
    public long CloseMs => _closeMs;

    /// <summary>The closing time that is whole and not read yet; none otherwise.</summary>
    public long NextCloseMs => _isReady ? _closeMs : long.MaxValue;

    /// <summary>Puts the next batch in; true when its closing time is whole and must be read now.</summary>
    /// <exception cref="ArgumentException">It is not the next one, or goes back in time.</exception>
    public bool Add(MarketBatch batch)
    {
        if (_isReady) throw new InvalidOperationException($"Closing time {_closeMs} was not read before batch {batch.Number}");
        if (batch.Number != _number + 1) throw new ArgumentException($"Batch was {batch.Number}, {_number + 1} is the next", nameof(batch));
        // What is told before anything has closed in a shard's life, such as an answer, belongs to the moment from which closing times come.
        var closeMs = batch.CloseMs == 0 ? _closeMs : batch.CloseMs;
        if (closeMs < _closeMs) throw new ArgumentException($"Batch {batch.Number} closes at {batch.CloseMs}, {_closeMs} was taken in", nameof(batch));
        _number = batch.Number;
        _closeMs = closeMs;
        _candles.AddRange(batch.Candles);
        foreach (var known in batch.Contexts) _contexts[known.Symbol] = known.Context;
        return _isReady = batch.IsLast;
    }

    /// <summary>Goes on behind batches that are lost, with what was stored of the closing time before the next one.</summary>
    /// <param name="number">The last of them.</param>
    /// <param name="closeMs">A closing time that lies in them.</param>
    /// <param name="candles">What closed then.</param>
    public void Bridge(long number, long closeMs, IReadOnlyList<FeedCandle> candles)
    {
        if (_isReady || number < _number || closeMs < _closeMs)
            throw new ArgumentException($"Batch {number} at {closeMs} does not lie behind batch {_number} at {_closeMs}", nameof(number));
        (_number, _closeMs, _isReady) = (number, closeMs, true);
        _candles.Clear();
        _candles.AddRange(candles);
    }

    public ValueTask WaitAsync(CancellationToken cancel) => ValueTask.CompletedTask;

    public void Read(List<FeedCandle> into)
    {
        into.Clear();
        // Minutes that are told later than they closed go first, so that each signal's path runs forward.
        into.AddRange(_candles
            .OrderBy(closed => closed.Candle.CloseTimeMs(closed.Series.Frame))
            .ThenByDescending(closed => closed.Series.Symbol == Symbol.Btc)
            .ThenByDescending(closed => closed.Series.Frame)
            .ThenBy(closed => closed.Series.Symbol));
        _candles.Clear();
        _isReady = false;
    }

    public MarketContext ContextOf(Symbol symbol) => _contexts.GetValueOrDefault(symbol, MarketContext.Unavailable);

    /// <summary>What was known beside candles belongs to one closing time; whoever has read it forgets it.</summary>
    public void ForgetContexts() => _contexts.Clear();

    public RunningCandle? Running(Symbol symbol, long nowMs) => null;

    public void Carry(StateCarrier carrier)
    {
        carrier.Part(nameof(BatchFeed), 1);
        carrier.Carry(ref _number);
        carrier.Carry(ref _closeMs);
    }

    public void Dispose()
    {
        // Nothing is held open.
    }
}
