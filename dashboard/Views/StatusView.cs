namespace FuturesBot.Dashboard;

/// <param name="Mode">signals, paper or live.</param>
/// <param name="Exchange">simulated, replay, demo or binance.</param>
/// <param name="Simulated">Prices are generated: the page then wears its lasting band.</param>
/// <param name="Seed">Of the generated market; null otherwise.</param>
/// <param name="Speed">Market time per wall time.</param>
/// <param name="MarketTimeMs">The exchange's clock.</param>
/// <param name="StartedAtMs">Wall time at which this process began.</param>
/// <param name="Ready">False while the first days are lived through.</param>
/// <param name="ReplayProgress">0–1 while not ready; NaN when nothing is replayed.</param>
public sealed record StatusView(
    string Mode,
    string Exchange,
    bool Simulated,
    long? Seed,
    double Speed,
    long MarketTimeMs,
    long StartedAtMs,
    bool Ready,
    double ReplayProgress,
    string Profile,
    string Version,
    IReadOnlyList<HealthView> Health)
{
    /// <summary>The process itself; null when the host does not say.</summary>
    public ProcessView? Process { get; init; }
}
