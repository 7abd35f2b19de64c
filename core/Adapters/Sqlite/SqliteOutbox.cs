using System.Text.Json;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Ports;
using Microsoft.Data.Sqlite;

namespace FuturesBot.Adapters.Sqlite;

/// <summary>The outbox in the run's own store. Safe for use by several threads.</summary>
public sealed class SqliteOutbox(SqliteStore store) : IOutbox
{
    private const int HardFactor = 10;   // so many times the bound may wait before signals and alarms make room too

    /// <inheritdoc/>
    public Task<int> AddAsync(OutboxBatch batch, CancellationToken cancel = default) =>
        store.WriteAsync(
            (connection, transaction) =>
            {
                var rows = new Rows(connection, transaction);
                foreach (var (name, value) in batch.Values)
                {
                    rows.Run(
                        "INSERT INTO kv (name, value) VALUES ($name, $value) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                        ("$name", name), ("$value", value));
                }

                var added = 0;
                foreach (var message in batch.Messages)
                {
                    if (!Add(rows, message)) continue;
                    added++;
                    MakeRoom(rows, message, batch.WaitingMax);
                }

                return added;
            },
            cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<QueuedMessage>> LoadHeadsAsync(CancellationToken cancel = default) =>
        store.ReadAsync(
            """
            SELECT o.message, o.picture, o.doubts + (o.state = 'sending'), o.tries, o.left_out, c.message_id, c.has_picture
            FROM outbox o LEFT JOIN chat_cards c ON c.chat_id = o.chat_id AND c.card = o.card
            WHERE o.seq IN (SELECT MIN(seq) FROM outbox WHERE done_ms IS NULL GROUP BY chat_id)
            ORDER BY o.seq
            """,
            row => new QueuedMessage(
                MessageOf(row.GetString(0), row.IsDBNull(1) ? null : (byte[])row.GetValue(1)),
                row.GetInt32(2), row.GetInt32(3), row.GetInt32(4),
                row.IsDBNull(5) ? null : new(row.GetInt64(5), row.GetInt64(6) != 0)),
            cancel);

    /// <inheritdoc/>
    public Task BeginAsync(string id, CancellationToken cancel = default) =>
        RunAsync(
            """
            UPDATE outbox SET doubts = doubts + (state = 'sending'), tries = tries + 1, state = 'sending'
            WHERE id = $id AND done_ms IS NULL
            """,
            cancel, ("$id", id));

    /// <inheritdoc/>
    public Task DelayAsync(string id, bool inDoubt, CancellationToken cancel = default) =>
        RunAsync(
            "UPDATE outbox SET state = 'waiting', doubts = doubts + $doubt WHERE id = $id AND done_ms IS NULL",
            cancel, ("$id", id), ("$doubt", inDoubt ? 1 : 0));

    /// <inheritdoc/>
    public Task EndAsync(string id, MessageEnd end, long atMs, CancellationToken cancel = default) =>
        store.WriteAsync(
            (connection, transaction) =>
            {
                var rows = new Rows(connection, transaction);
                var changed = rows.Run(
                    """
                    UPDATE outbox SET state = $state, why = $why, message_id = $message, done_ms = $at, picture = NULL
                    WHERE id = $id AND done_ms IS NULL
                    """,
                    ("$id", id), ("$state", end.Sent is null ? "given_up" : "sent"), ("$why", end.Why.Length > 0 ? end.Why : null),
                    ("$message", end.Sent?.MessageId), ("$at", atMs));
                if (end.Sent is { } sent)
                {
                    // A message that points to a card is not that card.
                    rows.Run(
                        """
                        INSERT INTO chat_cards (chat_id, card, message_id, has_picture, at_ms)
                        SELECT chat_id, card, $message, $picture, $at FROM outbox
                        WHERE id = $id AND card IS NOT NULL AND act <> 'Reply'
                        ON CONFLICT (chat_id, card) DO UPDATE
                        SET message_id = excluded.message_id, has_picture = excluded.has_picture, at_ms = excluded.at_ms
                        """,
                        ("$id", id), ("$message", sent.MessageId), ("$picture", sent.HasPicture ? 1 : 0), ("$at", atMs));
                }

                return changed;
            },
            cancel);

    /// <inheritdoc/>
    public async Task<OutboxCounts> CountAsync(CancellationToken cancel = default) =>
        (await store.ReadAsync(
            """
            SELECT (SELECT COUNT(*) FROM outbox WHERE done_ms IS NULL), (SELECT MIN(created_ms) FROM outbox WHERE done_ms IS NULL),
                   (SELECT COUNT(*) FROM outbox WHERE done_ms IS NOT NULL AND state = 'given_up'),
                   (SELECT COUNT(*) FROM outbox WHERE done_ms IS NOT NULL AND state = 'left_out')
            """,
            row => new OutboxCounts(row.GetInt32(0), row.IsDBNull(1) ? null : row.GetInt64(1), row.GetInt32(2), row.GetInt32(3)),
            cancel)).Single();

    /// <inheritdoc/>
    public Task<int> ForgetAsync(long doneBeforeMs, long cardsBeforeMs, CancellationToken cancel = default) =>
        store.WriteAsync(
            (connection, transaction) =>
            {
                var rows = new Rows(connection, transaction);
                return rows.Run("DELETE FROM outbox WHERE done_ms < $before", ("$before", doneBeforeMs))
                    + rows.Run("DELETE FROM chat_cards WHERE at_ms < $before", ("$before", cardsBeforeMs));
            },
            cancel);

    /// <inheritdoc/>
    public Task<string?> LoadValueAsync(string name, CancellationToken cancel = default) => store.LoadValueAsync(name, cancel);

    private static bool Add(Rows rows, OutgoingMessage message)
    {
        var added = rows.Run(
            """
            INSERT INTO outbox (id, chat_id, rank, act, card, message, picture, state, created_ms)
            VALUES ($id, $chat, $rank, $act, $card, $message, $picture, 'waiting', $created)
            ON CONFLICT (id) DO NOTHING
            """,
            ("$id", message.Id), ("$chat", message.ChatId), ("$rank", (int)message.Rank), ("$act", $"{message.Act}"), ("$card", message.Card),
            ("$message", JsonSerializer.Serialize(message, OutboxJson.Options)), ("$picture", message.Picture),
            ("$created", message.CreatedAtMs)) > 0;
        if (added && message is { Act: MessageAct.Edit, Card: not null })
        {
            // Only the last look of a card counts: one that still waits behind a lost connection is not sent.
            rows.Run(
                """
                UPDATE outbox SET state = 'superseded', done_ms = $at, picture = NULL
                WHERE chat_id = $chat AND card = $card AND act = 'Edit' AND id <> $id AND state = 'waiting' AND done_ms IS NULL
                """,
                ("$chat", message.ChatId), ("$card", message.Card), ("$id", message.Id), ("$at", message.CreatedAtMs));
        }

        return added;
    }

    private static void MakeRoom(Rows rows, OutgoingMessage added, int waitingMax)
    {
        var waiting = rows.Read("SELECT COUNT(*) FROM outbox WHERE chat_id = $chat AND done_ms IS NULL", ("$chat", added.ChatId)) ?? 0;
        if (waiting <= waitingMax) return;
        var highest = waiting > waitingMax * HardFactor ? MessageRank.High : MessageRank.Normal;
        var oldest = rows.Read(
            """
            SELECT seq FROM outbox
            WHERE chat_id = $chat AND done_ms IS NULL AND state = 'waiting' AND left_out = 0 AND rank <= $highest
            ORDER BY rank, seq LIMIT 1
            """,
            ("$chat", added.ChatId), ("$highest", (int)highest));
        if (oldest is not { } seq) return;   // signals and alarms stay
        var line = rows.Read(
            "SELECT seq FROM outbox WHERE chat_id = $chat AND done_ms IS NULL AND state = 'waiting' AND left_out > 0 LIMIT 1",
            ("$chat", added.ChatId));
        if (line is { } there)
        {
            rows.Run("UPDATE outbox SET left_out = left_out + 1 WHERE seq = $line", ("$line", there));
            rows.Run(
                "UPDATE outbox SET state = 'left_out', done_ms = $at, picture = NULL WHERE seq = $seq", ("$seq", seq), ("$at", added.CreatedAtMs));
            return;
        }

        // The first that makes room becomes the line that counts them: it stands where they would have stood.
        var message = new OutgoingMessage
        {
            Id = rows.Text("SELECT id FROM outbox WHERE seq = $seq", ("$seq", seq)),
            ChatId = added.ChatId,
            Html = "",
            Rank = MessageRank.High,
            CreatedAtMs = added.CreatedAtMs,
        };
        rows.Run(
            "UPDATE outbox SET left_out = 1, rank = $rank, card = NULL, act = 'New', picture = NULL, message = $message WHERE seq = $seq",
            ("$seq", seq), ("$rank", (int)MessageRank.High), ("$message", JsonSerializer.Serialize(message, OutboxJson.Options)));
    }

    private static OutgoingMessage MessageOf(string json, byte[]? picture) =>
        (JsonSerializer.Deserialize<OutgoingMessage>(json, OutboxJson.Options) ?? throw new JsonException("A message was null")) with { Picture = picture };

    private Task RunAsync(string sql, CancellationToken cancel, params (string Name, object? Value)[] values) =>
        store.WriteAsync((connection, transaction) => new Rows(connection, transaction).Run(sql, values), cancel);

    /// <summary>Statements of one transaction.</summary>
    private sealed class Rows(SqliteConnection connection, SqliteTransaction transaction)
    {
        public int Run(string sql, params (string Name, object? Value)[] values)
        {
            using var command = Command(sql, values);
            return command.ExecuteNonQuery();
        }

        public long? Read(string sql, params (string Name, object? Value)[] values)
        {
            using var command = Command(sql, values);
            return command.ExecuteScalar() as long?;
        }

        public string Text(string sql, params (string Name, object? Value)[] values)
        {
            using var command = Command(sql, values);
            return (string)command.ExecuteScalar()!;
        }

        private SqliteCommand Command(string sql, (string Name, object? Value)[] values)
        {
            var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = sql;
            foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
            return command;
        }
    }
}
