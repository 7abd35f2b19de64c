using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Faults;

/// <summary>What goes wrong in a run of the exchange; <see cref="FaultScriptFile"/> reads it from a file.</summary>
public sealed record FaultScript
{
    /// <summary>Seed of every chance in it.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Which of the exchange's changes are in force.</summary>
    public ExchangeChanges Changes { get; init; } = new();

    public IReadOnlyList<FaultRule> Rules { get; init; } = [];

    /// <summary>
    /// A bad day of the exchange that follows from a seed: a little of everything that a bot must survive without losing
    /// anything. Bans and maintenance are not in it.
    /// </summary>
    public static FaultScript OfSeed(long seed)
    {
        var random = Xoshiro256.Of(seed, stream: 0);
        return new()
        {
            Seed = seed,
            Rules =
            [
                Often(FaultKind.Latency, 0.05) with { Ms = 20, MsMax = 1_500 },
                Often(FaultKind.TimeoutBefore, 0.003) with { Ms = 2_000, MsMax = 12_000 },
                Often(FaultKind.TimeoutAfter, 0.003) with { Ms = 2_000, MsMax = 12_000 },
                Often(FaultKind.UnknownError, 0.005),
                Often(FaultKind.BackendTimeout, 0.003),
                Often(FaultKind.Gateway, 0.003),
                Often(FaultKind.ServiceUnavailable, 0.01),
                Often(FaultKind.InternalError, 0.005),
                Often(FaultKind.Overloaded, 0.01),
                Often(FaultKind.RubbishAnswer, 0.003),
                Often(FaultKind.StaleSnapshot, 0.1) with { Ms = 500, MsMax = 20_000 },
                Often(FaultKind.Settling, 0.2) with { Ms = 200, MsMax = 4_000 },
                Often(FaultKind.Lose, 0.0005) with { Stream = "*@depth*" },
                Often(FaultKind.Double, 0.001),
                Often(FaultKind.Reorder, 0.0005),
                Often(FaultKind.Delay, 0.0005) with { Ms = 50, MsMax = 2_000 },
                Often(FaultKind.RubbishEvent, 0.0001),
                Often(FaultKind.Silence, 0.001) with { Ms = 15_000, MsMax = 60_000 },
                Often(FaultKind.Disconnect, 0.002),
                Often(FaultKind.ExpireListenKeys, 0.001),
                Often(FaultKind.UnknownFields, 0.02),
                Often(FaultKind.UnknownEnums, 0.02),
            ],
        };

        // Some days more of one thing, some of another.
        FaultRule Often(FaultKind kind, double ordinarily) =>
            new(kind) { Probability = ordinarily * random.Between(0.3, 2.5) };
    }
}
