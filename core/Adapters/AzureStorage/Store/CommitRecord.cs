using System.Text.Json;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>
/// What one commit changes beside candles, as the record that makes it durable: written at once, then worked into the tables
/// that are read. A process that dies in between finds the record and works it in again; doing so twice changes nothing.
/// </summary>
/// <param name="Seq">1 for the first commit of a store, and one more for each.</param>
/// <param name="Signals">New and changed signals.</param>
/// <param name="Effects">New effects, in their order.</param>
/// <param name="Decisions">Decisions for the page.</param>
/// <param name="Snapshots">Where the kernel's states lie that belong to this commit.</param>
/// <param name="Values">Small values by name.</param>
/// <param name="Ledger">Lines of the ledger; null is none.</param>
/// <param name="Roots">Days of the ledger that end with it; null is none.</param>
internal sealed record CommitRecord(
    long Seq,
    IReadOnlyList<StoredSignal> Signals,
    IReadOnlyList<StoredEffect> Effects,
    IReadOnlyList<StoredDecision> Decisions,
    IReadOnlyList<SnapshotPlace> Snapshots,
    IReadOnlyDictionary<string, string> Values,
    IReadOnlyList<LedgerPiece>? Ledger = null,
    IReadOnlyList<DayRoot>? Roots = null)
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new SymbolName() } };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="InvalidDataException">It is no record of this form.</exception>
    public static CommitRecord From(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<CommitRecord>(bytes, Json) ?? throw new InvalidDataException("A commit record was null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"A commit record cannot be read: {e.Message}", e);
        }
    }

    private sealed class SymbolName : System.Text.Json.Serialization.JsonConverter<Symbol>
    {
        public override Symbol Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Symbol.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, Symbol value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
    }
}
