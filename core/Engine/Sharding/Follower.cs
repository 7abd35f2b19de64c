using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Sharding;

/// <summary>
/// A second kernel over the batches of a shard, beside the one that decides: whoever looks reads it, and what it comes to is held
/// against what the first one says. It begins from the committed state, carries nothing out and keeps nothing.
/// </summary>
/// <remarks>
/// A failure throws its kernel away; the next batch begins from the committed state again (<see cref="Replaced"/> is told twice). Not safe
/// for several threads, but for <see cref="Compare"/> and <see cref="Runner"/>.
/// </remarks>
public sealed class Follower(FollowerParts parts) : IDisposable
{
    /// <summary>Numbers whose hash is remembered.</summary>
    public const int RingSize = 2_000;

    private readonly FollowerParts _parts = parts;
    private readonly Lock _gate = new();
    private readonly (long Number, string Hash)[] _ring = new (long, string)[RingSize];
    private ShardRunner? _shard;
    private MarketRunner? _runner;
    private bool _isShown;   // somebody may have a kernel that was told

    /// <summary>
    /// Told of each kernel, the first one too, before it takes a batch in, and of null before the next one is read: two do not fit beside each
    /// other where memory is short, so whoever has the former has to let it go.
    /// </summary>
    public Func<MarketRunner?, Task>? Replaced { get; set; }

    /// <summary>The kernel; null before it was opened and after a failure.</summary>
    public MarketRunner? Runner => Volatile.Read(ref _runner);

    /// <summary>Number of the last batch in it.</summary>
    public long Number => _shard?.Number ?? 0;

    /// <summary>Begins from the committed state, unless it has begun.</summary>
    /// <exception cref="InvalidDataException">Nobody has begun the shard, or its state cannot be read.</exception>
    public async Task OpenAsync(CancellationToken cancel = default)
    {
        if (_shard?.Runner is not null) return;
        Close();
        if (_isShown && Replaced is { } asked) await asked(null);
        _isShown = false;
        var committed = await FollowerStore.ReadAsync(_parts.Committed, _parts.Time, cancel);
        var shard = new ShardRunner(new()
        {
            Shard = _parts.Shard,
            Options = _parts.Options,
            LedgerDepth = _parts.LedgerDepth,
            Log = _parts.Log,
            Signals = committed,
            Candles = _parts.Candles,
            OpenLedger = () => new NullLedgerStream(),
            Effects = new NoEffects(),
            IsOrchestrated = false,
            IsObserved = false,
            KeepsCandles = true,   // reads them back, for charts
            KeepsState = false,    // the store lets it go
            Shelf = _parts.Shelf,
            Readers = _parts.Readers,
            Retention = new(),
            Listener = new Heard(this),
            Time = _parts.Time,
        });
        _shard = shard;   // what it takes in while it opens is remembered too
        try
        {
            await shard.OpenAsync(cancel);
            committed.Forget();
        }
        catch
        {
            Close();
            throw;
        }

        Volatile.Write(ref _runner, shard.Runner);
        Remember(shard.Number);
        _isShown = true;
        if (Replaced is { } told) await told(shard.Runner!);
    }

    /// <summary>
    /// Throws its kernel away, and what it came to, and begins again from the committed state: where the kernel of the shard was folded
    /// anew from candles, its ledger has a line that no second computation comes to, and the two would differ for ever.
    /// </summary>
    public Task RestartAsync(CancellationToken cancel = default)
    {
        Close();
        lock (_gate) Array.Clear(_ring);
        return OpenAsync(cancel);
    }

    /// <summary>Takes a batch in, and what is missing before it.</summary>
    /// <returns>It moved something that has to be kept; also true where that is not known, because its kernel is a new one.</returns>
    public async Task<bool> TakeAsync(MarketBatch batch, CancellationToken cancel = default)
    {
        var (runner, commits) = (Runner, Runner?.Commits);
        await WorkAsync(shard => shard.TakeAsync(batch, cancel), cancel);
        return runner is null || Runner != runner || runner.Commits != commits;
    }

    /// <summary>Takes in what others have published.</summary>
    public Task CatchUpAsync(CancellationToken cancel = default) => WorkAsync(shard => shard.CatchUpAsync(cancel), cancel);

    /// <summary>Holds what the kernel of the shard says against what came out here.</summary>
    /// <param name="said">Its sign of life: the number it stands at, and the hash of its ledger's last line.</param>
    public FollowerVerdict Compare(Beat said)
    {
        if (said.Number <= 0 || said.Note.Length != Ledger.LedgerFormat.HashChars) return FollowerVerdict.Unknown;
        lock (_gate)
        {
            var (number, hash) = _ring[said.Number % RingSize];
            return number != said.Number || hash is null ? FollowerVerdict.Unknown
                : hash == said.Note ? FollowerVerdict.Agrees
                : FollowerVerdict.Differs;
        }
    }

    public void Dispose() => Close();

    private async Task WorkAsync<T>(Func<ShardRunner, Task<T>> work, CancellationToken cancel)
    {
        await OpenAsync(cancel);
        try
        {
            await work(_shard!);
        }
        catch
        {
            Close();
            throw;
        }
    }

    private void Remember(long number)
    {
        if (_shard?.Runner is not { } runner) return;
        lock (_gate) _ring[number % RingSize] = (number, runner.LedgerPosition.Hash);
    }

    private void Close()
    {
        _shard?.Dispose();
        _shard = null;
        Volatile.Write(ref _runner, null);
    }

    private sealed class Heard(Follower follower) : IShardListener
    {
        private readonly IShardListener? _next = follower._parts.Listener;

        public void Opened(long number, string? why) => _next?.Opened(number, why);

        public void Taken(MarketBatch batch, TimeSpan took)
        {
            follower.Remember(batch.Number);
            _next?.Taken(batch, took);
        }

        public void Bridged(long fromNumber, long toNumber) => _next?.Bridged(fromNumber, toNumber);

        public void Answered(CommandAnswer answer) => _next?.Answered(answer);
    }

    private sealed class NoEffects : IEffectCarrier
    {
        public bool HasDone(StoredEffect effect) => true;

        public Task CarryOutAsync(StoredEffect effect) => Task.CompletedTask;
    }
}
