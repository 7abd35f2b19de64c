using FuturesBot.Adapters.Configuration;

namespace FuturesBot.Local.Running;

/// <summary>What <c>run</c> was asked for, checked.</summary>
internal sealed record RunSettings
{
    public required BotOptions Bot { get; init; }

    /// <summary>Where <see cref="Bot"/> comes from, and where the page changes it for the next start.</summary>
    public required SettingsStore Store { get; init; }

    /// <summary>Port, and who may reach the page.</summary>
    public required Dashboard.DashboardOptions Page { get; init; }

    /// <summary>simulated or replay.</summary>
    public required string Exchange { get; init; }

    /// <summary>signals or paper.</summary>
    public required string Mode { get; init; }

    /// <summary>Folder of recorded candles; only for replay.</summary>
    public string? Data { get; init; }

    public required string State { get; init; }

    public required double Speed { get; init; }

    /// <summary>Null: the one of the state, else of the configuration.</summary>
    public long? Seed { get; init; }

    /// <summary>Wall time after which it ends; null: never.</summary>
    public TimeSpan? For { get; init; }

    /// <summary>First live moment of the market, UTC milliseconds; null: now, or the middle of the recorded data.</summary>
    public long? FromMs { get; init; }

    /// <summary>Market time at which it ends; null: never.</summary>
    public long? ToMs { get; init; }

    public bool Json { get; init; }
}
