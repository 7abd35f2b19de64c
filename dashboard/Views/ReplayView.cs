using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>
/// A signal's past bar by bar, with what was known at each close and nothing later. A page that stands at bar i shows
/// candles and studies 0…i, the newest of <see cref="Zones"/> with bar ≤ i, and the steps up to that candle's close.
/// </summary>
/// <param name="DecisionBar">Index of the candle whose close gave the signal; −1 when it is not among them.</param>
/// <param name="Studies">A row for each candle; every one is a function of the candles up to its own.</param>
/// <param name="Zones">Each time they changed; the first at the first candle.</param>
/// <param name="ZonesReason">Why there are none; null when there are.</param>
/// <param name="Steps">The signal's life, oldest first.</param>
/// <param name="Cut">True when the signal lived longer than the candles that are given (300 at most).</param>
public sealed record ReplayView(
    SignalView Signal,
    TimeFrame Timeframe,
    int DecisionBar,
    IReadOnlyList<CandleView> Candles,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Studies,
    IReadOnlyList<ReplayZonesView> Zones,
    string? ZonesReason,
    IReadOnlyList<ReplayStepView> Steps,
    bool Cut);
