namespace FuturesBot.Engine.Chat;

/// <summary>What happens with an update.</summary>
public enum ChatVerdict
{
    /// <summary>It is answered.</summary>
    Heard,

    /// <summary>It was delivered before: nothing.</summary>
    Repeated,

    /// <summary>It is too old: nothing.</summary>
    Stale,

    /// <summary>From a chat or a person that is not allowed: nothing.</summary>
    Stranger,

    /// <summary>The same, for the first time on this day (UTC): one line in the log.</summary>
    NewStranger,
}
