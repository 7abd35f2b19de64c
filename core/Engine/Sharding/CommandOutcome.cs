namespace FuturesBot.Engine.Sharding;

/// <summary>How a command ended.</summary>
public enum CommandOutcome
{
    /// <summary>It was carried out.</summary>
    Done,

    /// <summary>It was carried out before; nothing happened.</summary>
    Repeated,

    /// <summary>It cannot be carried out, and will not be tried again.</summary>
    Refused,

    /// <summary>It failed for good after its tries; the text says why.</summary>
    Failed,
}
