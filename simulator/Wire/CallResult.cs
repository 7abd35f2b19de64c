namespace FuturesBot.Simulator.Wire;

/// <summary>What came of a call.</summary>
/// <param name="Answer">Null when none is ever given.</param>
internal sealed record CallResult(Answer? Answer)
{
    /// <summary>Weight of the address in this minute; null where it is not told.</summary>
    public int? UsedWeight { get; init; }

    /// <summary>Orders of the account in ten seconds and in a minute; null of calls that are no orders.</summary>
    public (int TenSeconds, int Minute)? Orders { get; init; }

    /// <summary>When the next call may be made; 0 for at once.</summary>
    public int RetryAfterSeconds { get; init; }
}
