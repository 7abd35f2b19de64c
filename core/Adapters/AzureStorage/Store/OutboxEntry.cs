using System.Globalization;
using System.Text.Json;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Engine.Chat.Delivery;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>A message that waits, as a row and in memory.</summary>
internal sealed class OutboxEntry
{
    public const string Waiting = "waiting";
    public const string Sending = "sending";

    // A value holds 64 KiB at most, the whole row 1 MiB.
    private const int PictureChunkBytes = 60_000;
    private const int PictureMaxBytes = 12 * PictureChunkBytes;

    public required long Seq { get; init; }

    public required OutgoingMessage Message { get; set; }

    public string State { get; set; } = Waiting;

    public int Doubts { get; set; }

    public int Tries { get; set; }

    public int LeftOut { get; set; }

    /// <summary>Version of its row; null for one that is not stored yet.</summary>
    public string? ETag { get; set; }

    /// <summary>It differs from its row.</summary>
    public bool IsChanged { get; set; }

    public string Key => KeyOf(Seq);

    public static string KeyOf(long seq) => string.Create(CultureInfo.InvariantCulture, $"w|{seq:D15}");

    /// <exception cref="InvalidDataException">Its picture does not fit a row.</exception>
    public TableRow ToRow(string partition)
    {
        var row = new TableRow(partition, Key) { ETag = ETag }
            .With("seq", Seq).With("state", State).With("doubts", Doubts).With("tries", Tries).With("left_out", LeftOut)
            .With("message", JsonSerializer.Serialize(Message, OutboxJson.Options));
        if (Message.Picture is not { } picture) return row;
        if (picture.Length > PictureMaxBytes)
            throw new InvalidDataException($"The picture of message {Message.Id} had {picture.Length} bytes; {PictureMaxBytes} are allowed");
        foreach (var (chunk, i) in picture.Chunk(PictureChunkBytes).Select((chunk, i) => (chunk, i)))
            row.With(string.Create(CultureInfo.InvariantCulture, $"picture{i}"), chunk);
        return row;
    }

    public static OutboxEntry From(TableRow row)
    {
        byte[]? picture = null;
        for (var i = 0; row.Has($"picture{i}"); i++) picture = [.. picture ?? [], .. row.Bytes($"picture{i}")];
        var message = JsonSerializer.Deserialize<OutgoingMessage>(row.Text("message"), OutboxJson.Options) ?? throw new JsonException("A message was null");
        return new()
        {
            Seq = row.Long("seq"),
            Message = message with { Picture = picture },
            State = row.Text("state"),
            Doubts = row.Int("doubts"),
            Tries = row.Int("tries"),
            LeftOut = row.Int("left_out"),
            ETag = row.ETag,
        };
    }
}
