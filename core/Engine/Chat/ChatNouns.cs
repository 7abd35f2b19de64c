using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat;

/// <summary>Things that only commands count.</summary>
internal static class ChatNouns
{
    public static Noun Hour { get; } = new("час", "часа", "часов", "hour", "hours");

    public static Noun Bar { get; } = new("бар", "бара", "баров", "bar", "bars");
}
