using System.Reflection;

namespace FuturesBot.Engine.Telemetry;

/// <summary>The metrics of <see cref="Metrics"/> by name.</summary>
public static class MetricTable
{
    private static readonly Dictionary<string, MetricAttribute> Facts = typeof(Metrics).GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(
            field => (string)field.GetRawConstantValue()!,
            field => field.GetCustomAttribute<MetricAttribute>() ?? throw new InvalidOperationException($"Metrics.{field.Name} says nothing of its kind"),
            StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, MetricAttribute> All => Facts;

    /// <exception cref="KeyNotFoundException">No metric has this name.</exception>
    public static string UnitOf(string name) => Facts[name].Unit;
}
