namespace FuturesBot.Engine.Telemetry;

/// <summary>How the values of a metric are to be read.</summary>
public enum MetricKind
{
    /// <summary>A number of events; exported as what came since the last export.</summary>
    Counter,

    /// <summary>A value an event; exported as count, sum, least and greatest, or as steps.</summary>
    Histogram,

    /// <summary>How something stands at the moment of the export; absent while it is unavailable.</summary>
    Gauge,
}
