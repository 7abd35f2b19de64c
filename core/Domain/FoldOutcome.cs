namespace FuturesBot.Domain;

/// <summary>What a desk made of a candle.</summary>
internal enum FoldOutcome
{
    Taken,

    /// <summary>It came again or too late and changed nothing.</summary>
    Refused,

    /// <summary>It followed a gap too long to bridge: the symbol began anew with it.</summary>
    Restarted,
}
