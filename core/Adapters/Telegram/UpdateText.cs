using System.Text.Json;
using FuturesBot.Engine.Chat;

namespace FuturesBot.Adapters.Telegram;

/// <summary>Updates as Telegram writes them, for those who got one another way than by asking.</summary>
public static class UpdateText
{
    /// <summary>Null for an update of a kind that is not answered.</summary>
    /// <param name="json">The update.</param>
    /// <param name="atMs">When it came: wall time, UTC, Unix milliseconds.</param>
    /// <exception cref="InvalidDataException">It is no update.</exception>
    public static ChatUpdate? Read(string json, long atMs)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new() { MaxDepth = 32 });
            return UpdateReader.IdOf(document.RootElement) is null
                ? throw new InvalidDataException("It is no update: it has no number")
                : UpdateReader.Read(document.RootElement, atMs);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"It is no update: {wrong.Message}", wrong);
        }
    }
}
