using System.Text.Json;

namespace FuturesBot.Dashboard;

/// <summary>Finished runs side by side.</summary>
/// <param name="Rows">One figure of all runs; null where a run lacks it.</param>
public sealed record BacktestComparisonView(IReadOnlyList<BacktestView> Runs, IReadOnlyList<BacktestComparisonView.Row> Rows)
{
    public sealed record Row(string Figure, IReadOnlyList<JsonElement?> Values);
}
