using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Engine.CloudCosts;

namespace FuturesBot.Bench.Cost;

/// <summary>What an account was asked for between two moments, as the measurement names it: <c>tables.read</c>.</summary>
internal static class CostOperations
{
    public static Dictionary<string, double> Of(StorageAccount account) => account.Operations.Read()
        .ToDictionary(one => $"{one.Key.Service.ToString().ToLowerInvariant()}.{one.Key.Operation}", one => (double)one.Value, StringComparer.Ordinal);

    public static Dictionary<string, double> Since(this Dictionary<string, double> now, Dictionary<string, double> before) => now
        .Select(one => (one.Key, Count: one.Value - before.GetValueOrDefault(one.Key)))
        .Where(one => one.Count > 0).ToDictionary(one => one.Key, one => one.Count, StringComparer.Ordinal);

    public static Dictionary<string, double> Sum(params IEnumerable<IReadOnlyDictionary<string, double>> several) => several
        .SelectMany(one => one).GroupBy(one => one.Key, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Sum(one => one.Value), StringComparer.Ordinal);

    /// <summary>All operations of the first four closings, both halves.</summary>
    public static Dictionary<string, double> FirstHour(IReadOnlyList<MeasuredClosing> closings) =>
        Sum(closings.Take(4).SelectMany(one => new[] { one.SidecarOperations, one.FunctionOperations }));

    public static Dictionary<string, double> Mean(IReadOnlyList<IReadOnlyDictionary<string, double>> several) =>
        Sum(several).ToDictionary(one => one.Key, one => Math.Round(one.Value / several.Count, 4), StringComparer.Ordinal);
}
