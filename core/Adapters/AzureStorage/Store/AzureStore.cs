using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using FuturesBot.Adapters.AzureStorage.Blobs;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>
/// Candles, signals and effects in Tables and Blobs: one writer (its lease is the host's matter), readers anywhere. The layout is in
/// docs/azure-storage.md.
/// </summary>
/// <remarks>
/// Tables know no transaction over several partitions, so a step is made durable by one record (<see cref="CommitRecord"/>)
/// and then worked into what is read; opening the store completes a record that a dying process left. Candles are written before
/// the record: they are facts whether or not the step that saw them is committed.
/// </remarks>
public sealed class AzureStore : IRunStore, IValueStore
{
    private const string Commits = "commits";
    private const string Head = "head";
    private const string Body = "body";
    private const string BodyBlob = "blob";
    private const string BodyLength = "length";   // of a body that is packed, before it was
    private const string CommitFolder = "commits/";

    // A row is at most 1 MiB and a value 64 KiB: what is longer lies in a blob.
    private const int InlineMaxBytes = 60_000;

    private const int RecoverTries = 5;

    private readonly TableClient _state;
    private readonly BlobContainer _blobs;
    private readonly AzureCandles _candles;
    private readonly AzureSignals _signals;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly AzureOutbox _outbox;
    private TableRow _head = new(Commits, Head);
    private bool _isKernels;
    private bool _isDoubtful;

    private AzureStore(StorageAccount account, string prefix)
    {
        _state = account.Table(prefix + "state");
        _blobs = account.Container(prefix + "-kernel");
        _candles = new(account.Table(prefix + "candles"), account.Table(prefix + "series"));
        _signals = new(account.Table(prefix + "signals"), _state, _blobs);
        Ledger = new(account, prefix, AzureLedger.MainShard);
        var outbox = account.Table(prefix + "outbox");
        _outbox = new(outbox);
        Tables = [_state, outbox, account.Table(prefix + "candles"), account.Table(prefix + "series"), account.Table(prefix + "signals")];
    }

    internal IReadOnlyList<TableClient> Tables { get; }

    /// <inheritdoc/>
    public IOutbox Outbox => _outbox;

    /// <summary>The ledger that its commits write: that of the one shard that a store belongs to.</summary>
    public AzureLedger Ledger { get; }

    /// <summary>Makes what is missing, and completes the last commit if its process died over it.</summary>
    /// <param name="account">Where.</param>
    /// <param name="prefix">Small letters and digits before the names of its tables and its container.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="StorageException">The account cannot be reached, or refuses.</exception>
    /// <exception cref="ArgumentException">The prefix cannot be part of a name.</exception>
    public static async Task<AzureStore> OpenAsync(StorageAccount account, string prefix = "futuresbot", CancellationToken cancel = default)
    {
        var store = await OpenBesideKernelAsync(account, prefix, cancel);
        await store.DriveAsync(cancel);
        return store;
    }

    /// <summary>
    /// The same beside a kernel that commits elsewhere: candles, messages and people's choices are written, commits neither made nor
    /// completed. One that its kernel is in the middle of would be overtaken, and what it commits next be written over.
    /// </summary>
    /// <inheritdoc cref="OpenAsync(StorageAccount, string, CancellationToken)"/>
    public static async Task<AzureStore> OpenBesideKernelAsync(StorageAccount account, string prefix = "futuresbot", CancellationToken cancel = default)
    {
        if (prefix.Length is < 1 or > 40 || !char.IsAsciiLetterLower(prefix[0]) || !prefix.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)))
            throw new ArgumentException($"Prefix was '{prefix}'; 1 to 40 small letters and digits, a letter first, are allowed", nameof(prefix));
        var store = new AzureStore(account, prefix);
        foreach (var table in store.Tables) await table.CreateAsync(cancel);
        await store._blobs.CreateAsync(cancel);
        await store.Ledger.CreateAsync(cancel);
        await store._candles.OpenAsync(cancel);
        return store;
    }

    /// <summary>
    /// From now on the kernel commits through this store: what a dying process has left half done is completed first, and after every
    /// failure before the next write. For whoever opened it beside the kernel and is to drive it; a second time it does nothing.
    /// </summary>
    /// <exception cref="StorageException">The account cannot be reached, or refuses: the store is what it was.</exception>
    public async Task DriveAsync(CancellationToken cancel = default)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_isKernels) return;
            await RecoverAsync(cancel);
            _isKernels = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    /// <remarks>Between two writes, so that no writer is overtaken by it.</remarks>
    public Task RefreshAsync(CancellationToken cancel = default) => WriteAsync(
        async () =>
        {
            await _candles.RefreshAsync(cancel);
            return true;
        },
        cancel);

    /// <inheritdoc/>
    public Task<AppendCounts> AppendAsync(SeriesInfo series, ReadOnlyMemory<Candle> candles, CancellationToken cancel = default) =>
        WriteAsync(() => _candles.AppendAsync([new(series, candles)], cancel), cancel);

    /// <inheritdoc/>
    /// <remarks>A range of several buckets is not one transaction: one that broke off is completed by asking again.</remarks>
    public Task<RepairCounts> ReplaceAsync(
        SeriesInfo series, long fromMs, long toMs, ReadOnlyMemory<Candle> candles, CancellationToken cancel = default)
    {
        var wanted = new Dictionary<long, Candle>(candles.Length);
        foreach (ref readonly var candle in candles.Span)
        {
            if (candle.OpenTimeMs < fromMs || candle.OpenTimeMs >= toMs)
                throw new ArgumentException($"Open time was {candle.OpenTimeMs}; the range is {fromMs} to {toMs}", nameof(candles));
            if (!wanted.TryAdd(candle.OpenTimeMs, candle))
                throw new ArgumentException($"Two candles open at {candle.OpenTimeMs}", nameof(candles));
        }

        return WriteAsync(() => _candles.ReplaceAsync(series, fromMs, toMs, wanted, cancel), cancel);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Candle>> ReadAsync(
        SeriesInfo series, long fromMs, long toMs, int newest = int.MaxValue, CancellationToken cancel = default) =>
        await _candles.ReadAsync(series, fromMs, toMs, newest, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<long>> OpenTimesAsync(SeriesInfo series, long fromMs, long toMs, CancellationToken cancel = default) =>
        _candles.OpenTimesAsync(series, fromMs, toMs, cancel);

    /// <inheritdoc/>
    public Task<Candle?> LastAsync(SeriesInfo series, CancellationToken cancel = default) => _candles.LastAsync(series, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SeriesInfo>> SeriesAsync(CancellationToken cancel = default) => Task.FromResult(_candles.Series());

    /// <inheritdoc/>
    public Task<AppendCounts> CommitAsync(StateChange change, CancellationToken cancel = default)
    {
        // Everything is looked through before anything is written: a change that cannot be read to its end leaves nothing.
        CandleBatch[] candles = [.. change.Candles];
        StoredSignal[] signals = [.. change.Signals];
        StoredEffect[] effects = [.. change.Effects];
        StoredSnapshot[] snapshots = [.. change.Snapshots];
        StoredDecision[] decisions = [.. change.Decisions];
        LedgerPiece[] ledger = [.. change.Ledger];
        DayRoot[] roots = [.. change.LedgerRoots];
        var values = change.Values.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in values) AzureSignals.CheckValue(name, value);
        foreach (var effect in effects)
        {
            if (effect.Kind is null || effect.PayloadJson is null || effect.SignalId is null)
                throw new ArgumentException($"Effect {effect.Id} has no kind, payload or signal", nameof(change));
        }

        return WriteAsync(
            async () =>
            {
                var changed = await _signals.FollowingAsync(signals, cancel);
                var counts = await _candles.AppendAsync(candles, cancel);
                if (changed.Count + effects.Length + snapshots.Length + decisions.Length + values.Count + ledger.Length + roots.Length == 0) return counts;
                if (!_isKernels) throw new InvalidOperationException("The kernel commits elsewhere; only candles were expected here");
                var seq = Seq + 1;
                var places = new List<SnapshotPlace>();
                foreach (var snapshot in snapshots)
                {
                    if (snapshot.Bytes.Length <= SnapshotPlace.InlineMaxBytes)
                    {
                        places.Add(new(snapshot.Name, snapshot.Version, snapshot.StateEpochMs, "", snapshot.Bytes.ToArray()));
                        continue;
                    }

                    var blob = NameOf(TableKey.Of(snapshot.Name) + "/", seq, snapshot.Bytes.Span);
                    await _blobs.PutAsync(blob, snapshot.Bytes, cancel: cancel);
                    places.Add(new(snapshot.Name, snapshot.Version, snapshot.StateEpochMs, blob));
                }

                var record = new CommitRecord(seq, changed, effects, decisions, places, values, ledger, roots);
                await DecideAsync(record, cancel);
                await WorkInAsync(record, cancel);
                return counts;
            },
            cancel);
    }

    /// <inheritdoc/>
    public Task<StoredSignal?> FindAsync(string signalId, CancellationToken cancel = default) => _signals.FindAsync(signalId, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredSignal>> LoadOpenAsync(CancellationToken cancel = default) => _signals.OpenAsync(cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredSignal>> LoadClosedAsync(int limit, int skip = 0, CancellationToken cancel = default) =>
        _signals.ClosedAsync(limit, skip, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredEffect>> LoadPendingEffectsAsync(CancellationToken cancel = default) => _signals.PendingAsync(cancel);

    /// <inheritdoc/>
    public Task<StoredEffect?> FindEffectAsync(string effectId, CancellationToken cancel = default) => _signals.FindEffectAsync(effectId, cancel);

    /// <inheritdoc/>
    public Task<bool> MarkDoneAsync(string effectId, long doneAtMs, CancellationToken cancel = default) =>
        WriteAsync(() => _signals.MarkDoneAsync(effectId, doneAtMs, cancel), cancel);

    /// <inheritdoc/>
    public Task<StoredSnapshot?> LoadSnapshotAsync(string name, CancellationToken cancel = default) => _signals.SnapshotAsync(name, cancel);

    /// <inheritdoc/>
    public Task<SnapshotPieces?> LoadPiecesAsync(string name, CancellationToken cancel = default) => _signals.PiecesAsync(name, cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredDecision>> LoadDecisionsAsync(Symbol? symbol, int limit, CancellationToken cancel = default) =>
        _signals.DecisionsAsync(symbol, limit, cancel);

    /// <inheritdoc/>
    public Task<string?> LoadValueAsync(string name, CancellationToken cancel = default) => _signals.ValueAsync(name, cancel);

    /// <inheritdoc/>
    public async Task<string?> CommitMarkAsync(CancellationToken cancel = default)
    {
        if (await _state.GetAsync(Commits, Head, cancel) is not { } head) return "";
        return head.Long("applied") == head.Long("seq") ? head.Long("seq").ToString(CultureInfo.InvariantCulture) : null;
    }

    /// <inheritdoc/>
    /// <remarks>Beside the commits: whoever holds the market keeps people's choices while the kernel elsewhere commits.</remarks>
    public Task SaveValueAsync(string name, string value, CancellationToken cancel = default) => _signals.SaveValueAsync(name, value, cancel);

    /// <inheritdoc/>
    public Task<long> ForgetAsync(Retention retention, long nowMs, CancellationToken cancel = default) => WriteAsync(
        async () =>
        {
            // Long commits lie in blobs, which nobody needs once they are worked in; so do states, of which a commit that lost leaves one behind.
            var used = await _signals.BlobsAsync(cancel);
            await foreach (var blob in _blobs.ListAsync("", cancel: cancel))
            {
                var key = blob.Name[(blob.Name.LastIndexOf('/') + 1)..];
                if (!used.Contains(blob.Name) && string.CompareOrdinal(key, KeyOf(Seq)) < 0) await _blobs.DeleteAsync(blob.Name, cancel);
            }

            return await ForgetOldCandlesAsync(retention, nowMs, cancel) + await _signals.ForgetAsync(retention, nowMs, cancel);
        },
        cancel);

    /// <summary>Deletes candles that are older than <paramref name="retention"/> allows; how many.</summary>
    public Task<long> ForgetCandlesAsync(Retention retention, long nowMs, CancellationToken cancel = default) =>
        WriteAsync(() => ForgetOldCandlesAsync(retention, nowMs, cancel), cancel);

    private Task<long> ForgetOldCandlesAsync(Retention retention, long nowMs, CancellationToken cancel)
    {
        const long MsPerDay = 86_400_000;
        return _candles.ForgetAsync(
            frame => nowMs - ((frame.Minutes() < 15 ? Math.Min(retention.MinuteCandleDays, retention.CandleDays) : retention.CandleDays) * MsPerDay),
            cancel);
    }

    public void Dispose()
    {
        _outbox.Dispose();
        _turn.Dispose();
    }

    private long Seq => _head.Has("seq") ? _head.Long("seq") : 0;

    /// <summary>The moment of the commit: record and head in one transaction, which another writer's would break.</summary>
    private async Task DecideAsync(CommitRecord record, CancellationToken cancel)
    {
        var row = new TableRow(Commits, KeyOf(record.Seq));
        var bytes = record.ToBytes();
        if (bytes.Length <= InlineMaxBytes)
        {
            row.With(Body, bytes);
        }
        else if (Pack(bytes) is { Length: <= InlineMaxBytes } packed)
        {
            row.With(Body, packed).With(BodyLength, bytes.Length);
        }
        else
        {
            var blob = NameOf(CommitFolder, record.Seq, bytes);
            await _blobs.PutAsync(blob, bytes, cancel: cancel);
            row.With(BodyBlob, blob);
        }

        var head = new TableRow(Commits, Head) { ETag = _head.ETag }.With("seq", record.Seq).With("applied", record.Seq - 1);
        List<TableAction> actions = [head.ETag is null ? TableAction.Insert(head) : TableAction.Update(head), TableAction.Insert(row)];
        if (record.Seq > 1) actions.Add(TableAction.Delete(Commits, KeyOf(record.Seq - 1)));
        var outcome = await _state.TransactAsync(actions, cancel);
        if (outcome != TableOutcome.Done && await IsOursAsync(row, cancel) is { } there)
        {
            _head = there;   // written by a try whose answer was lost
            return;
        }

        if (outcome != TableOutcome.Done)
            throw new StoreConflictException($"Commit {record.Seq} was lost: somebody else writes to this store ({outcome})");
        _head = head;
    }

    /// <summary>The head, when the record that stands behind it is the very one that we wanted to write.</summary>
    private async Task<TableRow?> IsOursAsync(TableRow row, CancellationToken cancel)
    {
        var head = await _state.GetAsync(Commits, Head, cancel);
        var stored = await _state.GetAsync(Commits, row.Key, cancel);
        if (head is null || stored is null || KeyOf(head.Long("seq")) != row.Key) return null;
        var isSame = row.Has(Body)
            ? stored.Has(Body) && stored.Bytes(Body).AsSpan().SequenceEqual(row.Bytes(Body))
            : stored.Has(BodyBlob) && stored.Text(BodyBlob) == row.Text(BodyBlob);
        return isSame ? head : null;
    }

    private async Task WorkInAsync(CommitRecord record, CancellationToken cancel)
    {
        await _signals.WorkInAsync(record, cancel);
        foreach (var piece in record.Ledger ?? []) await Ledger.WorkInAsync(piece, cancel);
        foreach (var root in record.Roots ?? []) await Ledger.PublishAsync(root, cancel);
        var head = new TableRow(Commits, Head) { ETag = _head.ETag }.With("seq", record.Seq).With("applied", record.Seq);
        if (await _state.ApplyAsync(TableAction.Update(head), cancel) is var outcome and not TableOutcome.Done)
            throw new StoreConflictException($"Commit {record.Seq} was overtaken: somebody else writes to this store ({outcome})");
        _head = head;
    }

    /// <summary>Completes a commit that a dying process has decided and not worked in; one that its process does complete is left to it.</summary>
    private async Task RecoverAsync(CancellationToken cancel)
    {
        for (var i = 1; ; i++)
        {
            if (await _state.GetAsync(Commits, Head, cancel) is not { } head) return;
            _head = head;
            if (head.Long("applied") == head.Long("seq")) return;
            try
            {
                await WorkInAsync(await RecordAsync(cancel), cancel);
                return;
            }
            catch (Exception e) when (i < RecoverTries && e is (StoreConflictException or InvalidDataException))
            {
                // Its process lives after all, if the head has moved on.
                if (await _state.GetAsync(Commits, Head, cancel) is { } now && now.ETag == head.ETag) throw;
            }
        }
    }

    private async Task<CommitRecord> RecordAsync(CancellationToken cancel)
    {
        var row = await _state.GetAsync(Commits, KeyOf(Seq), cancel)
            ?? throw new InvalidDataException($"Commit {Seq} is not there, though the store's head names it");
        return CommitRecord.From(row.Has(BodyLength) ? Unpack(row.Bytes(Body), row.Int(BodyLength))
            : row.Has(Body) ? row.Bytes(Body)
            : (await _blobs.GetAsync(row.Text(BodyBlob), cancel: cancel) ?? throw new InvalidDataException($"Blob {row.Text(BodyBlob)} is not there")).Bytes.ToArray());
    }

    private async Task<T> WriteAsync<T>(Func<Task<T>> write, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_isDoubtful && _isKernels) await RecoverAsync(cancel);
            _isDoubtful = false;
            return await write();
        }
        catch (Exception e) when (e is not ArgumentException)
        {
            // What became of a write that broke off, or who was quicker, is known only after reading: the next one begins from what is stored.
            _isDoubtful = true;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Lines of the ledger are most of a long record, and have much in common.</summary>
    private static byte[] Pack(byte[] bytes)
    {
        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, packed, out var length, quality: 2, window: 20) ? packed[..length] : bytes;
    }

    private static byte[] Unpack(byte[] packed, int length)
    {
        var bytes = new byte[length];
        return BrotliDecoder.TryDecompress(packed, bytes, out var written) && written == length
            ? bytes
            : throw new InvalidDataException($"A commit record of {packed.Length} bytes does not unpack to the {length} that it had");
    }

    // By its content too: two that write the same number at once must not write over each other before it is decided whose it is.
    private static string NameOf(string folder, long seq, ReadOnlySpan<byte> content) =>
        $"{folder}{KeyOf(seq)}-{Convert.ToHexStringLower(SHA256.HashData(content))[..16]}";

    private static string KeyOf(long seq) => seq.ToString("D15", CultureInfo.InvariantCulture);
}
