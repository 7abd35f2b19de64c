using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Adapters.Configuration;

/// <summary>Backtests that are started on the page.</summary>
public sealed record BacktestOptions
{
    /// <summary>Folder below which they may read; a relative one counts from where the program was started.</summary>
    public string DataRoot { get; init; } = "data";

    /// <summary>Runs that may wait while one is at work; the next is refused.</summary>
    [Range(1, 100)] public int WaitingMax { get; init; } = 8;

    /// <summary>Finished runs that are kept; beyond it the oldest goes.</summary>
    [Range(1, 1_000)] public int RunsKept { get; init; } = 50;

    /// <summary>Space that finished runs may take, MiB; beyond it the oldest goes.</summary>
    [Range(16, 1_048_576)] public int KeptMib { get; init; } = 2_048;
}
