namespace FuturesBot.Adapters.Configuration;

/// <summary>The configuration cannot be used. The message names every fault, a line each.</summary>
public sealed class ConfigurationException(IReadOnlyList<ConfigurationFault> faults)
    : Exception($"The configuration has {faults.Count} {(faults.Count == 1 ? "fault" : "faults")}:\n{string.Join('\n', faults)}")
{
    public IReadOnlyList<ConfigurationFault> Faults { get; } = faults;
}
