namespace FuturesBot.Dashboard;

/// <summary>What the signs of life of a part come to.</summary>
public enum PartState
{
    /// <summary>It works, or has nothing to do.</summary>
    Working,

    /// <summary>No sign of life for longer than is allowed.</summary>
    Silent,

    /// <summary>What it has to take in waits for longer than is allowed.</summary>
    Behind,

    /// <summary>It comes to something else than a second computation.</summary>
    Differs,

    /// <summary>It has not given a sign of life yet, and may still come up.</summary>
    NotSeen,

    /// <summary>It is not there at the moment, and need not be.</summary>
    Away,
}
