using System.Globalization;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>
/// The outbox in one table and one partition, so that a batch of messages is one transaction. Several processes may add and send: each
/// write carries the versions of the rows that it was decided on, and is decided anew when one of them has changed.
/// </summary>
/// <remarks>
/// Rows: <c>head</c> with the last number given out, <c>w|number</c> a message that waits, <c>d|id</c> one that is done, <c>c|chat|card</c>
/// where a card stands, <c>v|name</c> a value. What waits is read as a whole: it is bounded by <see cref="OutboxBatch.WaitingMax"/> a chat.
/// </remarks>
public sealed class AzureOutbox : IOutbox, IDisposable
{
    private const string Partition = "outbox";
    private const string HeadKey = "head";
    private const string LeftOut = "left_out";
    private const string GivenUp = "given_up";
    private const int HardFactor = 10;   // so many times the bound may wait before signals and alarms make room too
    private const int Tries = 30;

    // A batch that needs more is written in several transactions.
    private const int MessagesPerTransaction = 40;
    private const int PictureBytesPerTransaction = 1_500_000;

    private readonly TableClient _table;
    private readonly SemaphoreSlim _turn = new(1, 1);   // this process does not race itself

    internal AzureOutbox(TableClient table) => _table = table;

    public void Dispose() => _turn.Dispose();

    /// <inheritdoc/>
    /// <remarks>
    /// More than 40 messages, or 1.5 MB of pictures, are several transactions, the values in the last: a batch that broke off is
    /// completed by adding it again, since messages that are known are left as they are.
    /// </remarks>
    public async Task<int> AddAsync(OutboxBatch batch, CancellationToken cancel = default)
    {
        var parts = Parts(batch.Messages).ToArray();
        var added = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var isLast = i == parts.Length - 1;
            added += await ChangeAsync(waiting => AddAsync(waiting, parts[i], isLast ? batch.Values : null, batch.WaitingMax, cancel), cancel);
        }

        return added;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<QueuedMessage>> LoadHeadsAsync(CancellationToken cancel = default)
    {
        var heads = (await WaitingAsync(cancel)).GroupBy(entry => entry.Message.ChatId).Select(chat => chat.First()).OrderBy(entry => entry.Seq);
        var queued = new List<QueuedMessage>();
        foreach (var entry in heads)
        {
            var card = entry.Message.Card is { } name ? await _table.GetAsync(Partition, CardKey(entry.Message.ChatId, name), cancel) : null;
            queued.Add(new(
                entry.Message, entry.Doubts + (entry.State == OutboxEntry.Sending ? 1 : 0), entry.Tries, entry.LeftOut,
                card is null ? null : new(card.Long("message_id"), card.Flag("has_picture"))));
        }

        return queued;
    }

    /// <inheritdoc/>
    public Task BeginAsync(string id, CancellationToken cancel = default) => UpdateAsync(
        id,
        entry =>
        {
            if (entry.State == OutboxEntry.Sending) entry.Doubts++;
            entry.Tries++;
            entry.State = OutboxEntry.Sending;
        },
        cancel);

    /// <inheritdoc/>
    public Task DelayAsync(string id, bool inDoubt, CancellationToken cancel = default) => UpdateAsync(
        id,
        entry =>
        {
            if (inDoubt) entry.Doubts++;
            entry.State = OutboxEntry.Waiting;
        },
        cancel);

    /// <inheritdoc/>
    public Task EndAsync(string id, MessageEnd end, long atMs, CancellationToken cancel = default) => ChangeAsync(
        async waiting =>
        {
            if (waiting.Find(entry => entry.Message.Id == id) is not { } entry) return 0;
            var actions = Done(entry, end.Sent is null ? GivenUp : "sent", atMs, end.Why, end.Sent?.MessageId);
            // A message that points to a card is not that card.
            if (end.Sent is { } sent && entry.Message is { Card: { } card, Act: not MessageAct.Reply })
            {
                actions.Add(TableAction.Upsert(new TableRow(Partition, CardKey(entry.Message.ChatId, card))
                    .With("message_id", sent.MessageId).With("has_picture", sent.HasPicture).With("at", atMs)));
            }

            return await _table.TransactAsync(actions, cancel) == TableOutcome.Done ? 1 : null;
        },
        cancel);

    /// <inheritdoc/>
    public async Task<OutboxCounts> CountAsync(CancellationToken cancel = default)
    {
        var waiting = await WaitingAsync(cancel);
        return new(
            waiting.Count, waiting.Count == 0 ? null : waiting.Min(entry => entry.Message.CreatedAtMs),
            await CountAsync(GivenUp, cancel), await CountAsync(LeftOut, cancel));
    }

    /// <inheritdoc/>
    public async Task<int> ForgetAsync(long doneBeforeMs, long cardsBeforeMs, CancellationToken cancel = default) =>
        await ForgetAsync("d|", doneBeforeMs, cancel) + await ForgetAsync("c|", cardsBeforeMs, cancel);

    /// <inheritdoc/>
    public async Task<string?> LoadValueAsync(string name, CancellationToken cancel = default) =>
        (await _table.GetAsync(Partition, ValueKey(name), cancel))?.Text("value");

    private static IEnumerable<IReadOnlyList<OutgoingMessage>> Parts(IReadOnlyList<OutgoingMessage> messages)
    {
        var part = new List<OutgoingMessage>();
        var bytes = 0;
        foreach (var message in messages)
        {
            var size = message.Picture?.Length ?? 0;
            if (part.Count == MessagesPerTransaction || (part.Count > 0 && bytes + size > PictureBytesPerTransaction))
            {
                yield return part;
                (part, bytes) = ([], 0);
            }

            part.Add(message);
            bytes += size;
        }

        yield return part;   // with values alone it is empty
    }

    /// <summary>One transaction; null when something it was decided on has changed.</summary>
    private async Task<int?> AddAsync(
        List<OutboxEntry> waiting, IReadOnlyList<OutgoingMessage> messages, IReadOnlyDictionary<string, string>? values, int waitingMax,
        CancellationToken cancel)
    {
        var head = await _table.GetAsync(Partition, HeadKey, cancel);
        var seq = head?.Long("seq") ?? 0;
        var (added, done) = (0, new List<(OutboxEntry Entry, string State, long AtMs)>());
        foreach (var message in messages)
        {
            if (waiting.Exists(entry => entry.Message.Id == message.Id) || done.Exists(one => one.Entry.Message.Id == message.Id)) continue;
            if (await _table.GetAsync(Partition, DoneKey(message.Id), cancel) is not null) continue;
            added++;
            waiting.Add(new() { Seq = ++seq, Message = message });
            if (message is { Act: MessageAct.Edit, Card: not null })
            {
                // Only the last look of a card counts: one that still waits behind a lost connection is not sent.
                foreach (var old in waiting.Where(entry => IsEarlierLook(entry, message)).ToArray()) Leave(old, "superseded", message.CreatedAtMs);
            }

            MakeRoom(waiting, message, waitingMax, old => Leave(old, LeftOut, message.CreatedAtMs));
        }

        var actions = new List<TableAction>();
        foreach (var (entry, state, atMs) in done) actions.AddRange(Done(entry, state, atMs));
        foreach (var entry in waiting.Where(entry => entry.ETag is null || entry.IsChanged))
        {
            var row = entry.ToRow(Partition);
            actions.Add(entry.ETag is null ? TableAction.Insert(row) : TableAction.Update(row));
        }

        foreach (var (name, value) in values ?? new Dictionary<string, string>())
            actions.Add(TableAction.Upsert(new TableRow(Partition, ValueKey(name)).With("value", value)));
        if (added > 0)
        {
            var next = new TableRow(Partition, HeadKey) { ETag = head?.ETag }.With("seq", seq);
            actions.Add(head is null ? TableAction.Insert(next) : TableAction.Update(next));
        }

        return await _table.TransactAsync(actions, cancel) == TableOutcome.Done ? added : null;

        void Leave(OutboxEntry entry, string state, long atMs)
        {
            waiting.Remove(entry);
            done.Add((entry, state, atMs));
        }
    }

    private static bool IsEarlierLook(OutboxEntry entry, OutgoingMessage look) =>
        entry.State == OutboxEntry.Waiting && entry.Message.Id != look.Id && entry.Message.Act == MessageAct.Edit
        && entry.Message.ChatId == look.ChatId && entry.Message.Card == look.Card;

    private static void MakeRoom(List<OutboxEntry> all, OutgoingMessage added, int waitingMax, Action<OutboxEntry> leave)
    {
        var chat = all.Where(entry => entry.Message.ChatId == added.ChatId).ToList();
        if (chat.Count <= waitingMax) return;
        var highest = chat.Count > waitingMax * HardFactor ? MessageRank.High : MessageRank.Normal;
        var oldest = chat.Where(entry => entry.State == OutboxEntry.Waiting && entry.LeftOut == 0 && entry.Message.Rank <= highest)
            .OrderBy(entry => entry.Message.Rank).ThenBy(entry => entry.Seq).FirstOrDefault();
        if (oldest is null) return;   // signals and alarms stay
        if (chat.Find(entry => entry.State == OutboxEntry.Waiting && entry.LeftOut > 0) is { } line)
        {
            line.LeftOut++;
            line.IsChanged = true;
            leave(oldest);
            return;
        }

        // The first that makes room becomes the line that counts them: it stands where they would have stood.
        oldest.LeftOut = 1;
        oldest.IsChanged = true;
        oldest.Message = new()
        {
            Id = oldest.Message.Id,
            ChatId = added.ChatId,
            Html = "",
            Rank = MessageRank.High,
            CreatedAtMs = added.CreatedAtMs,
        };
    }

    private Task UpdateAsync(string id, Action<OutboxEntry> change, CancellationToken cancel) => ChangeAsync(
        async waiting =>
        {
            if (waiting.Find(entry => entry.Message.Id == id) is not { } entry) return 0;
            change(entry);
            return await _table.ApplyAsync(TableAction.Update(entry.ToRow(Partition)), cancel) == TableOutcome.Done ? 1 : null;
        },
        cancel);

    /// <summary>Reads what waits, and changes it; anew while somebody else is faster.</summary>
    /// <exception cref="StorageException">Somebody else is faster again and again.</exception>
    private async Task<int> ChangeAsync(Func<List<OutboxEntry>, Task<int?>> change, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            for (var attempt = 1; attempt <= Tries; attempt++)
            {
                if (await change(await WaitingAsync(cancel)) is { } done) return done;
            }

            throw new StorageException($"The outbox {_table.Name} is changed by somebody else again and again: {Tries} tries were in vain", 412, "");
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<List<OutboxEntry>> WaitingAsync(CancellationToken cancel)
    {
        var waiting = new List<OutboxEntry>();
        await foreach (var row in _table.QueryAsync(TableFilter.Prefix(Partition, "w|"), cancel: cancel)) waiting.Add(OutboxEntry.From(row));
        return waiting;
    }

    private static List<TableAction> Done(OutboxEntry entry, string state, long atMs, string why = "", long? messageId = null)
    {
        var row = new TableRow(Partition, DoneKey(entry.Message.Id)).With("id", entry.Message.Id).With("state", state).With("at", atMs);
        if (why.Length > 0) row.With("why", why);
        if (messageId is { } number) row.With("message_id", number);
        var actions = new List<TableAction> { TableAction.Insert(row) };
        if (entry.ETag is { } version) actions.Add(new(TableActionKind.Delete, new(Partition, entry.Key), version));
        return actions;
    }

    private async Task<int> CountAsync(string state, CancellationToken cancel)
    {
        var count = 0;
        await foreach (var _ in _table.QueryAsync($"{TableFilter.Prefix(Partition, "d|")} and state eq '{state}'", cancel: cancel)) count++;
        return count;
    }

    private async Task<int> ForgetAsync(string prefix, long beforeMs, CancellationToken cancel)
    {
        var old = new List<string>();
        var filter = string.Create(CultureInfo.InvariantCulture, $"{TableFilter.Prefix(Partition, prefix)} and at lt {beforeMs}L");
        await foreach (var row in _table.QueryAsync(filter, cancel: cancel)) old.Add(row.Key);
        foreach (var some in old.Chunk(TableClient.TransactionMaxActions))
            await _table.TransactAsync([.. some.Select(key => TableAction.Delete(Partition, key))], cancel);
        return old.Count;
    }

    private static string DoneKey(string id) => "d|" + TableKey.Of(id);

    private static string ValueKey(string name) => "v|" + TableKey.Of(name);

    private static string CardKey(long chat, string card) => string.Create(CultureInfo.InvariantCulture, $"c|{chat}|{TableKey.Of(card)}");
}
