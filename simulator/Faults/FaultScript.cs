namespace FuturesBot.Simulator.Faults;

/// <summary>What goes wrong in a run of the exchange.</summary>
public sealed record FaultScript
{
    /// <summary>Seed of every chance in it.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Which of the exchange's changes are in force.</summary>
    public ExchangeChanges Changes { get; init; } = new();
}
