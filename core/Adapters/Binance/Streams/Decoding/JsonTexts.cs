using System.Text.Json;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Texts of a JSON reader without making strings of them.</summary>
internal static class JsonTexts
{
    /// <summary>
    /// Copies the current name, text or number without its escapes. Returns its length; −1 when it does not fit, or
    /// when its escapes name no letter, such as half of a surrogate pair.
    /// </summary>
    public static int Copy(scoped ref Utf8JsonReader reader, scoped Span<byte> buffer)
    {
        var value = reader.ValueSpan;
        if (value.Length > buffer.Length) return -1;
        if (!reader.ValueIsEscaped)
        {
            value.CopyTo(buffer);
            return value.Length;
        }

        try
        {
            return reader.CopyString(buffer);
        }
        catch (InvalidOperationException)   // the only way in which the reader says so
        {
            return -1;
        }
    }
}
