using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Adapters.Configuration;

/// <summary>The generated market of <c>--exchange simulated</c>.</summary>
public sealed record SimulatedMarketOptions
{
    /// <summary>The same seed is the same market.</summary>
    [Range(0, 1_000_000_000)] public long Seed { get; init; } = 1;

    /// <summary>Market time per wall time: 60 makes a market hour of a minute.</summary>
    [Range(0.1, 100_000)] public double Speed { get; init; } = 60;

    /// <summary>Market days that are lived through at full speed at the first start; their signals are marked as replayed.</summary>
    [Range(0, 90)] public int ReplayDays { get; init; } = 7;

    /// <summary>Market days before those, from which the indicators get ripe: 200 bars of 4h are 33.</summary>
    [Range(0, 400)] public int WarmupDays { get; init; } = 40;
}
