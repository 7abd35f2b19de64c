using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat;

/// <summary>What a <see cref="ChatDesk"/> is made of.</summary>
public sealed record ChatDeskParts
{
    public required IChatBook Book { get; init; }

    public required ChatSettingsBook Settings { get; init; }

    /// <summary>Where the readers live.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>Wall time.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>
    /// A random number from 0 up to, not including, its argument: codes come from it, so outside of tests from a source that
    /// nobody can foretell.
    /// </summary>
    public required Func<int, int> RandomBelow { get; init; }

    /// <summary>Told of a bug in a command, with its name; the chat only hears that there was one.</summary>
    public required Action<Exception, string> Failed { get; init; }

    /// <summary>The bot's own name without @: commands to other bots of a group are left alone. Null: not known.</summary>
    public string? BotName { get; init; }
}
