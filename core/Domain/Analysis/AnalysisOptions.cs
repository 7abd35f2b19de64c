namespace FuturesBot.Domain.Analysis;

/// <summary>Settings of the analysis stage.</summary>
public sealed record AnalysisOptions
{
    public RegimeOptions Regime { get; init; } = RegimeOptions.Default;

    public ProfileOptions Profile { get; init; } = ProfileOptions.Default;

    public BtcFilterOptions Btc { get; init; } = new();

    /// <summary>Keep the VWAPs of 15m bars that are anchored at 1h and 4h swings; no strategy reads them yet.</summary>
    public bool StudyAnchoredVwap { get; init; }

    /// <summary>Keep the studies that only the indicator vote reads.</summary>
    public bool StudyVote { get; init; }
}
