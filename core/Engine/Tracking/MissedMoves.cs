namespace FuturesBot.Engine.Tracking;

/// <summary>What an orchestration was not told of: the moves that follow the last one it knows, in order; none when there are none.</summary>
public sealed record MissedMoves(IReadOnlyList<TrackingEvent.Moved> Moves)
{
    /// <summary>Most moves that are read at once; whoever lacks more asks again.</summary>
    public const int Max = 32;
}
