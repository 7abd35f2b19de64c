using System.Diagnostics.Metrics;

namespace FuturesBot.Engine.Telemetry;

/// <summary>
/// Readings of living objects, taken when somebody exports and at no other time. Ends with its host: disposed, nothing is read any more.
/// </summary>
public sealed class Gauges : IDisposable
{
    private readonly Meter _meter = new(BotTelemetry.Name);

    /// <summary>Adds one; values that are NaN are unavailable and left out.</summary>
    /// <param name="name">Of <see cref="Metrics"/>, and a gauge.</param>
    /// <param name="read">Called on the exporter's thread; must be quick.</param>
    public Gauges Add(string name, Func<IEnumerable<(double Value, KeyValuePair<string, object?>[] Attributes)>> read)
    {
        if (MetricTable.All[name].Kind != MetricKind.Gauge)
            throw new ArgumentException($"Metric {name} is a {MetricTable.All[name].Kind}, not a {MetricKind.Gauge}", nameof(name));
        _meter.CreateObservableGauge(
            name,
            () => read().Where(one => double.IsFinite(one.Value)).Select(one => new Measurement<double>(one.Value, one.Attributes)),
            MetricTable.UnitOf(name));
        return this;
    }

    /// <summary>Adds one with a single value.</summary>
    public Gauges Add(string name, Func<double> read) => Add(name, () => [(read(), [])]);

    public void Dispose() => _meter.Dispose();
}
