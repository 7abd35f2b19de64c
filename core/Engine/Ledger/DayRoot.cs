using System.Text.Json;
using System.Text.Json.Serialization;

namespace FuturesBot.Engine.Ledger;

/// <summary>
/// The end of a day's ledger, to be published where whoever keeps the ledger cannot write it anew: a chain that was rewritten whole does
/// not end in it (spec 2.20 #5).
/// </summary>
/// <param name="Day">The UTC day.</param>
/// <param name="FirstSeq">Number of its first line.</param>
/// <param name="LastSeq">Number of its last line.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Hash">Hash of its last line, 64 lower-case hex digits.</param>
public sealed record DayRoot(
    [property: JsonPropertyName("day")] DateOnly Day,
    [property: JsonPropertyName("first_line")] long FirstSeq,
    [property: JsonPropertyName("last_line")] long LastSeq,
    [property: JsonPropertyName("bytes")] long Bytes,
    [property: JsonPropertyName("hash")] string Hash)
{
    /// <summary>Its lines.</summary>
    [JsonIgnore] public long Lines => LastSeq - FirstSeq + 1;

    /// <summary>As people are told it: the first twelve digits of <see cref="Hash"/>.</summary>
    [JsonIgnore] public string Short => Hash[..ShortChars];

    /// <summary>Digits of <see cref="Short"/>: one in 2⁴⁸ comes out like it by chance.</summary>
    public const int ShortChars = 12;

    /// <summary>One JSON object; the same root is the same bytes.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <exception cref="InvalidDataException">It is no root.</exception>
    public static DayRoot From(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<DayRoot>(json) ?? throw new InvalidDataException("A root of the ledger was null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"A root of the ledger cannot be read: {e.Message}", e);
        }
    }
}
