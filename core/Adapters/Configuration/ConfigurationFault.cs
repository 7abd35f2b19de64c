namespace FuturesBot.Adapters.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Path">The setting, such as <c>risk.risk_per_trade</c>.</param>
/// <param name="Source">Where the value came from: file and line, or the environment variable.</param>
/// <param name="Problem">What is wrong, with the value and what is allowed.</param>
public sealed record ConfigurationFault(string Path, string Source, string Problem)
{
    public override string ToString() => $"{Path}: {Problem} ({Source})";
}
