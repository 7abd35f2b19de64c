namespace FuturesBot.Simulator.Faults;

/// <summary>The faults of a running exchange.</summary>
public sealed class FaultControl(FaultScript script) : ISettling
{
    /// <summary>What it was started with.</summary>
    public FaultScript Script { get; } = script;

    /// <inheritdoc/>
    public long HiddenForMs(string path, string symbol) => 0;
}
