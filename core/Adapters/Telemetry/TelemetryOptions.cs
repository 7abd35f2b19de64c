using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Adapters.Telemetry;

/// <summary>
/// Where spans, metrics and logs are sent; nothing is sent while neither an address is set nor the environment names one
/// (OTEL_EXPORTER_OTLP_ENDPOINT, APPLICATIONINSIGHTS_CONNECTION_STRING).
/// </summary>
public sealed record TelemetryOptions
{
    /// <summary>Base address of an OTLP receiver, such as http://localhost:4318; empty: the one of OTEL_EXPORTER_OTLP_ENDPOINT, if any.</summary>
    public string Otlp { get; init; } = "";

    /// <summary>Name by which the process is told apart; empty: futuresbot-local, futuresbot-sidecar or futuresbot-functions.</summary>
    public string Service { get; init; } = "";

    /// <summary>Share of traces that are kept, whole ones: below 1 stories of signals have holes.</summary>
    [Range(0.0, 1.0)] public double SamplingRatio { get; init; } = 1;

    /// <summary>Seconds between two exports of metrics; alerts look at minutes.</summary>
    [Range(5, 300)] public int MetricsSeconds { get; init; } = 60;

    /// <summary>Least level of the log lines that are sent; none: no line is.</summary>
    [AllowedValues("information", "warning", "error", "none")]
    public string LogLevel { get; init; } = "information";
}
