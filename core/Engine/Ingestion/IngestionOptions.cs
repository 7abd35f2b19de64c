using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.Ingestion;

/// <summary>How candles come in and are kept sound.</summary>
public sealed record IngestionOptions
{
    /// <summary>
    /// Market days before the first start that a new run on a real exchange lives through; their signals are marked as
    /// replayed.
    /// </summary>
    [Range(0, 30)] public int ReplayDays { get; init; } = 1;

    public WarmupOptions Warmup { get; init; } = new();

    public LoaderOptions Loader { get; init; } = new();

    public GapRefillOptions Refill { get; init; } = new();

    public VerifierOptions Verification { get; init; } = new();

    public IntegrityOptions Integrity { get; init; } = new();
}
