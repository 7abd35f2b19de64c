using System.Globalization;
using FuturesBot.Adapters.AzureStorage.Blobs;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>Signals, effects, decisions, snapshots and values as rows that are read; each write may be done again.</summary>
/// <remarks>
/// No row goes back: a process that was held up in the middle of a commit, which another has completed meanwhile and followed with the
/// next, finds newer versions and numbers, and changes nothing.
/// </remarks>
internal sealed class AzureSignals(TableClient signals, TableClient state, BlobContainer blobs)
{
    private const string Signals = "signals";
    private const string Effects = "effects";
    private const string Snapshots = "snapshots";
    private const int SnapshotTries = 10;
    private const string Values = "values";
    private const string Decisions = "decisions";
    private const int RowsPerTransaction = 90;

    // Beside the values of commits: the number of the last of them. No value's key has this sign.
    private const string LastKey = "|last";
    private const string SeqColumn = "seq";

    // A property holds 32 Ki characters and a row 512 Ki: a longer text lies in several properties, value, value1, value2 …
    private const int PartMaxChars = 30_000;
    private const int ValueMaxChars = 15 * PartMaxChars;

    private TableRow? _last;   // as it was written or read last; null: not read yet, or not there

    /// <summary>Those that are new or follow what is stored; the same once more is left out.</summary>
    /// <exception cref="StoreConflictException">A version does not follow the stored one.</exception>
    public async Task<IReadOnlyList<StoredSignal>> FollowingAsync(IReadOnlyList<StoredSignal> wanted, CancellationToken cancel)
    {
        var following = new List<StoredSignal>();
        foreach (var signal in wanted)
        {
            var stored = following.LastOrDefault(known => known.Id == signal.Id) ?? await FindAsync(signal.Id, cancel);
            if (stored == signal) continue;
            if (signal.Version != (stored?.Version ?? 0) + 1)
            {
                throw new StoreConflictException(stored is null
                    ? $"Signal {signal.Id} was version {signal.Version}; none is stored"
                    : $"Signal {signal.Id} was version {signal.Version}; version {stored.Version} is stored");
            }

            following.RemoveAll(known => known.Id == signal.Id);
            following.Add(signal);
        }

        return following;
    }

    /// <summary>Brings what is read to what the record says; a second time changes nothing.</summary>
    /// <exception cref="StoreConflictException">Somebody else has changed a row meanwhile, or a later commit is there.</exception>
    public async Task WorkInAsync(CommitRecord record, CancellationToken cancel)
    {
        foreach (var signal in record.Signals) await PutAsync(signal, cancel);
        for (var i = 0; i < record.Effects.Count; i++) await AddAsync(record.Effects[i], record.Seq, i, cancel);
        await PutAllAsync(record.Decisions.SelectMany(RowsOf), cancel);
        await PutAsync([.. record.Values.Select(pair => RowOf(pair.Key, pair.Value))], record.Seq, cancel);
        foreach (var place in record.Snapshots) await PutAsync(place, record.Seq, cancel);
    }

    public async Task<StoredSignal?> FindAsync(string id, CancellationToken cancel) =>
        await signals.GetAsync(Signals, ById(id), cancel) is { } row ? SignalOf(row) : null;

    public async Task<IReadOnlyList<StoredSignal>> OpenAsync(CancellationToken cancel)
    {
        var found = new List<StoredSignal>();
        await foreach (var row in signals.QueryAsync(TableFilter.Prefix(Signals, "open|"), cancel: cancel)) found.Add(SignalOf(row));
        return found;
    }

    public async Task<IReadOnlyList<StoredSignal>> ClosedAsync(int limit, int skip, CancellationToken cancel)
    {
        var found = new List<StoredSignal>();
        if (limit <= 0) return found;
        var seen = 0;
        await foreach (var row in signals.QueryAsync(TableFilter.Prefix(Signals, "closed|"), Math.Clamp(limit + skip, 1, 1000), cancel))
        {
            if (seen++ < skip) continue;
            found.Add(SignalOf(row));
            if (found.Count == limit) break;
        }

        return found;
    }

    public async Task<IReadOnlyList<StoredEffect>> PendingAsync(CancellationToken cancel)
    {
        var found = new List<StoredEffect>();
        await foreach (var row in state.QueryAsync(TableFilter.Prefix(Effects, "wait|"), cancel: cancel)) found.Add(EffectOf(row));
        return found;
    }

    public async Task<StoredEffect?> FindEffectAsync(string id, CancellationToken cancel) =>
        await state.GetAsync(Effects, ById(id), cancel) is { } row ? EffectOf(row) : null;

    public async Task<bool> MarkDoneAsync(string id, long doneAtMs, CancellationToken cancel)
    {
        if (await state.GetAsync(Effects, ById(id), cancel) is not { } row || row.Has("done")) return false;
        var outcome = await state.TransactAsync(
            [TableAction.Update(row.With("done", doneAtMs)), TableAction.Delete(Effects, row.Text("waiting"))], cancel);
        return outcome == TableOutcome.Done;
    }

    public Task<StoredSnapshot?> SnapshotAsync(string name, CancellationToken cancel)
    {
        return ReadAsync(
            name,
            async row => row.Has("inline") ? Of(row, row.Bytes("inline"))
                : await blobs.GetAsync(row.Text("blob"), cancel: cancel) is { } content ? Of(row, content.Bytes) : null,
            cancel);

        StoredSnapshot Of(TableRow row, ReadOnlyMemory<byte> bytes) => new(name, row.Int("version"), row.Long("epoch"), bytes);
    }

    public Task<SnapshotPieces?> PiecesAsync(string name, CancellationToken cancel) => ReadAsync(
        name,
        async row => row.Has("inline") ? new SnapshotPieces(row.Bytes("inline"))
            : await blobs.GetPiecesAsync(row.Text("blob"), cancel) is { } pieces ? new(pieces) : null,
        cancel);

    /// <summary>Reads a snapshot where its row says that it lies; null when there is no row.</summary>
    private async Task<T?> ReadAsync<T>(string name, Func<TableRow, Task<T?>> read, CancellationToken cancel)
        where T : class
    {
        for (var tries = 1; ; tries++)
        {
            if (await state.GetAsync(Snapshots, TableKey.Of(name), cancel) is not { } row) return null;
            if (await read(row) is { } found) return found;
            // A commit between the two reads has put another blob in its place: its row names that one.
            if (tries == SnapshotTries) throw new InvalidDataException($"Snapshot '{name}' names blob {row.Text("blob")}, which is not there");
        }
    }

    /// <summary>Blobs that hold states.</summary>
    public async Task<IReadOnlySet<string>> BlobsAsync(CancellationToken cancel)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var row in state.QueryAsync(TableFilter.Prefix(Snapshots, ""), cancel: cancel))
        {
            if (row.Has("blob") && row.Text("blob") is { Length: > 0 } blob) found.Add(blob);
        }

        return found;
    }

    public async Task<IReadOnlyList<StoredDecision>> DecisionsAsync(Symbol? symbol, int limit, CancellationToken cancel)
    {
        var found = new List<StoredDecision>();
        if (limit <= 0) return found;
        var partition = symbol is { } one ? PartitionOf(one) : Decisions;
        await foreach (var row in state.QueryAsync(TableFilter.Prefix(partition, "t|"), Math.Clamp(limit, 1, 1000), cancel))
        {
            found.Add(DecisionOf(row));
            if (found.Count == limit) break;
        }

        return found;
    }

    /// <summary>A value that no commit holds.</summary>
    public Task SaveValueAsync(string name, string value, CancellationToken cancel) =>
        PutAllAsync([RowOf(name, value)], cancel);

    public async Task<string?> ValueAsync(string name, CancellationToken cancel) =>
        await state.GetAsync(Values, TableKey.Of(name), cancel) is { } row ? TextOf(row) : null;

    /// <summary>Refuses a value that no row holds, before anything is written.</summary>
    /// <exception cref="ArgumentException">It is longer than <see cref="ValueMaxChars"/>.</exception>
    public static void CheckValue(string name, string value)
    {
        if (value.Length > ValueMaxChars)
            throw new ArgumentException($"Value '{name}' had {value.Length} characters; {ValueMaxChars} are allowed", nameof(value));
    }

    public async Task<long> ForgetAsync(Retention retention, long nowMs, CancellationToken cancel)
    {
        const long MsPerDay = 86_400_000;
        var forgotten = 0L;
        var closedBefore = nowMs - (retention.ClosedSignalDays * MsPerDay);
        var doneBefore = nowMs - (retention.DoneEffectDays * MsPerDay);
        await foreach (var row in signals.QueryAsync(TableFilter.Range(Signals, ClosedKey(closedBefore - 1, ""), "closed|\uffff"), cancel: cancel))
        {
            await signals.TransactAsync([TableAction.Delete(Signals, row.Key), TableAction.Delete(Signals, ById(row.Text("id")))], cancel);
            forgotten++;
        }

        await foreach (var row in state.QueryAsync(
                           string.Create(CultureInfo.InvariantCulture, $"{TableFilter.Prefix(Effects, "id|")} and done lt {doneBefore}L"), cancel: cancel))
        {
            await state.ApplyAsync(TableAction.Delete(Effects, row.Key), cancel);
            forgotten++;
        }

        var kept = 0;
        await foreach (var row in state.QueryAsync(TableFilter.Prefix(Decisions, "t|"), cancel: cancel))
        {
            if (kept++ < retention.DecisionsMax) continue;
            await state.ApplyAsync(TableAction.Delete(PartitionOf(Symbol.Parse(row.Text("symbol"))), row.Key), cancel);
            await state.ApplyAsync(TableAction.Delete(Decisions, row.Key), cancel);
            forgotten++;
        }

        return forgotten;
    }

    private async Task PutAsync(StoredSignal signal, CancellationToken cancel)
    {
        var before = await signals.GetAsync(Signals, ById(signal.Id), cancel);
        if (before is not null && before.Long("version") >= signal.Version) return;
        var row = RowOf(signal, ById(signal.Id));
        row.ETag = before?.ETag;
        List<TableAction> actions = [before is null ? TableAction.Insert(row) : TableAction.Update(row), TableAction.Upsert(RowOf(signal, ListKey(signal)))];
        if (before is not null && ListKey(SignalOf(before)) is var old && old != ListKey(signal)) actions.Add(TableAction.Delete(Signals, old));
        if (await signals.TransactAsync(actions, cancel) is not (var outcome and not TableOutcome.Done)) return;
        // A try whose answer was lost, or somebody else.
        if (await signals.GetAsync(Signals, ById(signal.Id), cancel) is not { } now || now.Long("version") < signal.Version)
            throw new StoreConflictException($"Signal {signal.Id} was changed by somebody else ({outcome})");
    }

    private async Task AddAsync(StoredEffect effect, long seq, int place, CancellationToken cancel)
    {
        var waiting = string.Create(CultureInfo.InvariantCulture, $"wait|{seq:D15}|{place:D5}");
        var index = RowOf(effect, ById(effect.Id)).With("waiting", waiting);   // whole, because it stays when nothing waits any more
        // An effect that is known already is left as it is, done or waiting.
        await state.TransactAsync([TableAction.Insert(index), TableAction.Upsert(RowOf(effect, waiting))], cancel);
    }

    private async Task PutAsync(SnapshotPlace place, long seq, CancellationToken cancel)
    {
        var key = TableKey.Of(place.Name);
        var before = await state.GetAsync(Snapshots, key, cancel);
        if (SeqOf(before) > seq) throw Overtaken(seq);
        var row = new TableRow(Snapshots, key) { ETag = before?.ETag }
            .With("version", place.Version).With("epoch", place.StateEpochMs).With("blob", place.Blob).With(SeqColumn, seq);
        if (place.Inline is { } bytes) row.With("inline", bytes);
        var outcome = await state.ApplyAsync(before is null ? TableAction.Insert(row) : TableAction.Update(row), cancel);
        if (outcome != TableOutcome.Done && SeqOf(await state.GetAsync(Snapshots, key, cancel)) != seq) throw Overtaken(seq);
        if (before?.Text("blob") is { Length: > 0 } old && old != place.Blob) await blobs.DeleteAsync(old, cancel);
    }

    private async Task PutAsync(IReadOnlyList<TableRow> values, long seq, CancellationToken cancel)
    {
        if (values.Count == 0) return;
        var last = _last ?? await state.GetAsync(Values, LastKey, cancel);
        var parts = values.Chunk(RowsPerTransaction).ToArray();
        for (var i = 0; i < parts.Length; i++)
        {
            if (SeqOf(last) >= seq) return;   // they are there
            // The number is written with the last part; before that the row only shows that nobody else has written.
            var next = new TableRow(Values, LastKey) { ETag = last?.ETag }.With(SeqColumn, i == parts.Length - 1 ? seq : SeqOf(last));
            var outcome = await state.TransactAsync(
                [last is null ? TableAction.Insert(next) : TableAction.Update(next), .. parts[i].Select(TableAction.Upsert)], cancel);
            if (outcome == TableOutcome.Done)
            {
                _last = last = next;
                continue;
            }

            // A try whose answer was lost, or what is known here is of before somebody else's commit.
            var there = await state.GetAsync(Values, LastKey, cancel);
            if (there?.ETag == last?.ETag) throw Overtaken(seq);
            _last = last = there;
            i--;   // once more, with what is there: each turn somebody else has written
        }
    }

    private static long SeqOf(TableRow? row) => row is not null && row.Has(SeqColumn) ? row.Long(SeqColumn) : 0;

    private static StoreConflictException Overtaken(long seq) => new($"Commit {seq} was overtaken: somebody else has written to this store");

    private async Task PutAllAsync(IEnumerable<TableRow> rows, CancellationToken cancel)
    {
        foreach (var partition in rows.GroupBy(row => row.Partition))
        {
            // The last of a key wins, as it would if they were written one after the other.
            foreach (var some in partition.GroupBy(row => row.Key).Select(same => same.Last()).Chunk(RowsPerTransaction))
                await state.TransactAsync([.. some.Select(TableAction.Upsert)], cancel);
        }
    }

    private static TableRow RowOf(string name, string value)
    {
        var row = new TableRow(Values, TableKey.Of(name));
        for (var (from, part) = (0, 0); part == 0 || from < value.Length; part++)
        {
            var count = Math.Min(PartMaxChars, value.Length - from);
            if (count > 1 && from + count < value.Length && char.IsHighSurrogate(value[from + count - 1])) count--;   // a pair stays together
            row.With(PartOf(part), value.Substring(from, count));
            from += count;
        }

        return row;
    }

    private static string TextOf(TableRow row)
    {
        if (!row.Has(PartOf(1))) return row.Text(PartOf(0));
        var text = new System.Text.StringBuilder();
        for (var part = 0; row.Has(PartOf(part)); part++) text.Append(row.Text(PartOf(part)));
        return text.ToString();
    }

    private static string PartOf(int part) => part == 0 ? "value" : string.Create(CultureInfo.InvariantCulture, $"value{part}");

    private static string ById(string id) => "id|" + TableKey.Of(id);

    private static string ListKey(StoredSignal signal) => signal.ClosedAtMs is { } closed
        ? ClosedKey(closed, signal.Id)
        : string.Create(CultureInfo.InvariantCulture, $"open|{signal.DecidedAtMs:D15}|{TableKey.Of(signal.Id)}");

    /// <summary>The last closed first: time counts down.</summary>
    private static string ClosedKey(long closedMs, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"closed|{long.MaxValue - Math.Max(0, closedMs):D19}|{TableKey.Of(id)}");

    private static string PartitionOf(Symbol symbol) => $"{Decisions}|{TableKey.Of(symbol.Name)}";

    private static TableRow RowOf(StoredSignal signal, string key)
    {
        var row = new TableRow(Signals, key).With("id", signal.Id).With("symbol", signal.Symbol.Name).With("strategy", signal.Strategy)
            .With("version", signal.Version).With("state", signal.StateJson).With("decided", signal.DecidedAtMs);
        return signal.ClosedAtMs is { } closed ? row.With("closed", closed) : row;
    }

    private static StoredSignal SignalOf(TableRow row) => new(
        row.Text("id"), Symbol.Parse(row.Text("symbol")), row.Text("strategy"), row.Long("version"), row.Text("state"), row.Long("decided"),
        row.Has("closed") ? row.Long("closed") : null);

    private static TableRow RowOf(StoredEffect effect, string key) => new TableRow(Effects, key)
        .With("id", effect.Id).With("signal", effect.SignalId).With("kind", effect.Kind).With("payload", effect.PayloadJson).With("created", effect.CreatedAtMs);

    private static StoredEffect EffectOf(TableRow row) =>
        new(row.Text("id"), row.Text("signal"), row.Text("kind"), row.Text("payload"), row.Long("created"));

    private static IEnumerable<TableRow> RowsOf(StoredDecision decision) =>
        ((string[])[Decisions, PartitionOf(decision.Symbol)]).Select(partition => new TableRow(partition, KeyOf(decision))
            .With("id", decision.Id).With("time", decision.TimeMs).With("symbol", decision.Symbol.Name)
            .With("strategy", decision.Strategy).With("outcome", decision.Outcome).With("json", decision.Json));

    private static string KeyOf(StoredDecision decision) =>
        string.Create(CultureInfo.InvariantCulture, $"t|{long.MaxValue - decision.TimeMs:D19}|{TableKey.Of(decision.Id)}");

    private static StoredDecision DecisionOf(TableRow row) => new(
        row.Text("id"), row.Long("time"), Symbol.Parse(row.Text("symbol")), row.Text("strategy"), row.Text("outcome"), row.Text("json"));
}
