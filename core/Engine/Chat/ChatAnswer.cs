namespace FuturesBot.Engine.Chat;

/// <summary>What a command has to say, before it is cut into pages.</summary>
public sealed record ChatAnswer
{
    /// <summary>What stands on every page: title and sum. HTML; no tag goes over the end of a line.</summary>
    public required string Head { get; init; }

    /// <summary>What is paged: each stays whole. HTML, likewise.</summary>
    public IReadOnlyList<string> Entries { get; init; } = [];

    /// <summary>What stands below the entries of every page.</summary>
    public string Foot { get; init; } = "";

    /// <summary>Entries on a page, if they are not too long for that.</summary>
    public int PerPage { get; init; } = 8;

    /// <summary>Entries follow each other without an empty line between.</summary>
    public bool IsDense { get; init; }

    /// <summary>Rows of buttons of the answer's own.</summary>
    public IReadOnlyList<IReadOnlyList<ChatButton>> Buttons { get; init; } = [];

    /// <summary>Set when this is only asked for, and is to be confirmed with a code.</summary>
    public ChatOrder? Order { get; init; }

    /// <summary>Something that went wrong on the way to this answer, for the log; null when nothing did.</summary>
    public Exception? Fault { get; init; }

    public static ChatAnswer Of(string html) => new() { Head = html };
}
