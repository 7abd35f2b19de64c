using FuturesBot.Dashboard;

namespace FuturesBot.Local.Backtests;

/// <summary>What is stored of a run beside its results, in run.json.</summary>
internal sealed record BacktestRecord
{
    public required string Id { get; init; }

    public required string User { get; init; }

    public required BacktestOrder Order { get; init; }

    public required long QueuedAtMs { get; init; }

    public BacktestState State { get; init; }

    public long? StartedAtMs { get; init; }

    public long? EndedAtMs { get; init; }

    public long Candles { get; init; }

    public int Trades { get; init; }

    public double CandlesPerSecond { get; init; } = double.NaN;

    public string? Error { get; init; }

    public long Bytes { get; init; }

    public bool IsOver => State is not (BacktestState.Queued or BacktestState.Running);
}
