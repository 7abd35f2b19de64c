namespace FuturesBot.Engine.Chat;

/// <summary>Groups of alerts that a chat can switch off.</summary>
public enum AlertGroup
{
    /// <summary>New signals.</summary>
    Signals,

    /// <summary>Entries that were filled.</summary>
    Fills,

    /// <summary>Entries that expired or were withdrawn.</summary>
    Expired,

    /// <summary>First and second target.</summary>
    Targets,

    /// <summary>The end of a trade: stop, break-even, trail, time.</summary>
    Closes,

    /// <summary>Summaries of the day and the week.</summary>
    Summaries,

    /// <summary>Holes in the data, order books out of step.</summary>
    Data,

    /// <summary>Bans, missing protection, start and stop: always comes.</summary>
    Danger,
}
