using System.ComponentModel.DataAnnotations;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Domain;

/// <summary>Every threshold of the kernel, stage by stage in the order of the flow.</summary>
public sealed record KernelOptions
{
    /// <summary>Name shown beside every result: <c>default</c> or <c>seed</c>.</summary>
    [AllowedValues("default", "seed")]
    public string Profile { get; init; } = "default";

    public AnalysisOptions Analysis { get; init; } = new();

    public StrategiesOptions Strategies { get; init; } = StrategiesOptions.Default;

    public ScoringOptions Scoring { get; init; } = ScoringOptions.Default;

    public RiskOptions Risk { get; init; } = RiskOptions.Default;

    /// <summary>Exits of the core strategies.</summary>
    public ExitOptions Exits { get; init; } = ExitOptions.Default;

    /// <summary>Exits of Action Price STANDARD.</summary>
    public ExitOptions ActionPriceExits { get; init; } = ExitOptions.ActionPrice;

    /// <summary>Exits of Action Price SCALP.</summary>
    public ExitOptions ActionPriceScalpExits { get; init; } = ExitOptions.ActionPriceScalp;

    public CostRates Costs { get; init; } = CostRates.Default;

    public FundingSchedule Funding { get; init; } = FundingSchedule.Default;

    public static KernelOptions Default { get; } = new();

    /// <summary>The earlier bots' values (never their faults), to be backtested side by side.</summary>
    public static KernelOptions Seed { get; } = new()
    {
        Profile = "seed",
        Analysis = new() { Regime = RegimeOptions.Seed, Profile = ProfileOptions.Seed },
        Strategies = StrategiesOptions.Seed,
        Scoring = ScoringOptions.Seed,
        Risk = RiskOptions.Seed,
        Exits = ExitOptions.Seed,
        ActionPriceExits = ExitOptions.ActionPriceSeed,
        ActionPriceScalpExits = ExitOptions.ActionPriceScalpSeed,
    };

    /// <summary>The named profile.</summary>
    /// <exception cref="ArgumentException">It is neither <c>default</c> nor <c>seed</c>.</exception>
    public static KernelOptions ForProfile(string name) => name switch
    {
        "default" => Default,
        "seed" => Seed,
        _ => throw new ArgumentException($"Profile was '{name}'; allowed are default, seed", nameof(name)),
    };
}
