namespace FuturesBot.Simulator.Market;

/// <summary>What the leader, or the own part of a symbol's moves, is doing for some hours or days.</summary>
internal enum Mood
{
    /// <summary>Upward legs, with pullbacks between them.</summary>
    Rising,

    /// <summary>Downward legs, with rallies between them.</summary>
    Falling,

    /// <summary>Back and forth around a middle.</summary>
    Ranging,

    /// <summary>Very quiet around a middle; ends in a break.</summary>
    Squeezed,

    /// <summary>Large moves without direction.</summary>
    Wild,
}
