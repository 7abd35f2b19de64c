namespace FuturesBot.Engine.Ingestion;

/// <summary>How candles come in and are kept sound.</summary>
public sealed record IngestionOptions
{
    public WarmupOptions Warmup { get; init; } = new();

    public LoaderOptions Loader { get; init; } = new();

    public GapRefillOptions Refill { get; init; } = new();

    public VerifierOptions Verification { get; init; } = new();

    public IntegrityOptions Integrity { get; init; } = new();
}
