using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Engine.Tracking;

/// <summary>What an orchestration has to know of its signal: small, because it travels with each event.</summary>
public sealed record SignalView
{
    public required string SignalId { get; init; }

    public required Symbol Symbol { get; init; }

    public required string Strategy { get; init; }

    public required Side Side { get; init; }

    /// <summary>Version of the stored signal: 1, 2, 3 …</summary>
    public required long Version { get; init; }

    /// <summary>Name of the lifecycle's state, such as <c>PendingEntry</c>.</summary>
    public required string Phase { get; init; }

    public required bool IsFinal { get; init; }

    public required long DecidedAtMs { get; init; }

    /// <summary>Market time by which the lifecycle itself ends this state; null: it waits for prices alone.</summary>
    public long? EndsAtMs { get; init; }

    /// <summary>The prices that matter now.</summary>
    public IReadOnlyList<WatchedLevel> Levels { get; init; } = [];

    /// <param name="state">The signal.</param>
    /// <param name="version">Of the stored signal.</param>
    public static SignalView Of(SignalState state, long version) => new()
    {
        SignalId = state.Plan.Id.Value,
        Symbol = state.Plan.Symbol,
        Strategy = state.Plan.Strategy,
        Side = state.Plan.Side,
        Version = version,
        Phase = state.GetType().Name,
        IsFinal = state.IsFinal,
        DecidedAtMs = state.Plan.DecidedAtMs,
        EndsAtMs = EndOf(state),
        Levels = [.. LevelsOf(state)],
    };

    private static long? EndOf(SignalState state) => state switch
    {
        SignalState.PendingEntry { ExpiresAtMs: < long.MaxValue } pending => pending.ExpiresAtMs,
        { Live: not null } when TimeStops.DeadlineMs(state) is var stop && stop < long.MaxValue => stop,
        _ => null,
    };

    private static IEnumerable<WatchedLevel> LevelsOf(SignalState state)
    {
        var isLong = state.Plan.Side == Side.Long;
        if (state is SignalState.PendingEntry) yield return new("entry", state.Plan.Entry, FromBelow: !isLong);
        if (state.Live is not { } position) yield break;
        yield return new("stop", position.Stop, FromBelow: !isLong);
        if (state is SignalState.Open or SignalState.PartiallyFilled) yield return new("tp1", position.Target1, FromBelow: isLong);
        if (position.Target2 is { } target2 && state is not SignalState.Target2Done) yield return new("tp2", target2, FromBelow: isLong);
    }
}
