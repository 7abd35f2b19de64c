namespace FuturesBot.Domain.Analysis;

/// <summary>Settings of the analysis stage.</summary>
public sealed record AnalysisOptions
{
    public RegimeOptions Regime { get; init; } = RegimeOptions.Default;

    public ProfileOptions Profile { get; init; } = ProfileOptions.Default;

    public BtcFilterOptions Btc { get; init; } = new();

    /// <summary>Keep the studies that only the indicator vote reads.</summary>
    public bool StudyVote { get; init; }
}
