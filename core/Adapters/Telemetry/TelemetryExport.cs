using System.Reflection;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Monitor.OpenTelemetry.Exporter;
using FuturesBot.Adapters.Binance;
using FuturesBot.Engine.Telemetry;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FuturesBot.Adapters.Telemetry;

/// <summary>
/// Sends what the process tells of itself: the spans and metrics of <see cref="BotTelemetry.Name"/> and the log lines, and nothing else.
/// Spans of HTTP itself are not sent: they would hold addresses, and addresses hold tokens. Whatever is sent goes through a
/// <see cref="Redactor"/> first.
/// </summary>
/// <remarks>
/// Disposed, it sends what is left, for at most five seconds. A receiver that is away costs what it would have got, and nothing else.
/// </remarks>
public sealed class TelemetryExport : IDisposable
{
    private const int LastWordsMs = 5_000;

    private readonly TracerProvider _spans;
    private readonly MeterProvider _metrics;
    private readonly OpenTelemetryLoggerProvider? _logs;

    private readonly LogLevel _level;

    private TelemetryExport(TracerProvider spans, MeterProvider metrics, OpenTelemetryLoggerProvider? logs, LogLevel level) =>
        (_spans, _metrics, _logs, _level) = (spans, metrics, logs, level);

    /// <summary>Begins to send; null when nobody wants anything.</summary>
    /// <param name="options">What is sent.</param>
    /// <param name="service">Name of the process when the settings do not give one.</param>
    /// <param name="environment">Variables of the process.</param>
    /// <param name="credential">By what right Application Insights takes it; null: by the key in the connection string.</param>
    /// <param name="redactor">Knows secrets beyond those that are known by their form; null: none.</param>
    /// <exception cref="InvalidDataException">An address is none.</exception>
    public static TelemetryExport? Start(
        TelemetryOptions options, string service, IReadOnlyDictionary<string, string> environment, TokenCredential? credential = null, Redactor? redactor = null) =>
        Start(options, service, TelemetryTargets.Of(options, environment), credential, redactor ?? new(), transport: null);

    internal static TelemetryExport? Start(
        TelemetryOptions options, string service, TelemetryTargets targets, TokenCredential? credential, Redactor redactor, HttpPipelineTransport? transport)
    {
        if (!targets.Any) return null;
        // The exporter's makers would be told how it does, at an address of theirs.
        if (targets.ApplicationInsights is not null) Environment.SetEnvironmentVariable("APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "true");
        var resource = ResourceBuilder.CreateEmpty()
            .AddService(options.Service.Length > 0 ? options.Service : service, serviceVersion: Version, autoGenerateServiceInstanceId: false);
        return new(
            Spans(options, targets, resource, redactor, Azure),
            Metrics(options, targets, resource, Azure),
            options.LogLevel == "none" ? null : Lines(targets, resource, redactor, Azure),
            LevelOf(options.LogLevel));

        void Azure(AzureMonitorExporterOptions azure)
        {
            azure.ConnectionString = targets.ApplicationInsights;
            azure.Credential = credential;
            azure.DisableOfflineStorage = true;   // a container's disk is gone with it
            azure.SamplingRatio = (float)options.SamplingRatio;
            azure.TracesPerSecond = null;   // a limit per second would tear traces that the ratio keeps
            if (transport is not null) azure.Transport = transport;
        }
    }

    /// <summary>Sends what is there now; false when that did not end in time.</summary>
    public bool Flush(TimeSpan within)
    {
        var ms = (int)within.TotalMilliseconds;
        var spans = _spans.ForceFlush(ms);
        return _metrics.ForceFlush(ms) && spans;
    }

    /// <summary>Adds the lines of the log to what is sent, from the level on that the settings say; of the framework's own from warnings on.</summary>
    public void AddTo(ILoggingBuilder logging)
    {
        if (_logs is null) return;
        logging.AddProvider(_logs)
            .AddFilter<OpenTelemetryLoggerProvider>(category: null, _level)
            .AddFilter<OpenTelemetryLoggerProvider>("Microsoft", _level > LogLevel.Warning ? _level : LogLevel.Warning);
    }

    public void Dispose()
    {
        _spans.Shutdown(LastWordsMs);
        _metrics.Shutdown(LastWordsMs);
        _spans.Dispose();
        _metrics.Dispose();
        _logs?.Dispose();
    }

    private static TracerProvider Spans(
        TelemetryOptions options, TelemetryTargets targets, ResourceBuilder resource, Redactor redactor, Action<AzureMonitorExporterOptions> azure)
    {
        var builder = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(BotTelemetry.Name)
            .AddProcessor(new SpanRedaction(redactor));   // before the exporters: they see what it leaves
        if (targets.Otlp is not null) builder.AddOtlpExporter(otlp => Aim(otlp, targets, "v1/traces"));
        if (targets.ApplicationInsights is not null) builder.AddAzureMonitorTraceExporter(azure);
        return builder.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.SamplingRatio))).Build();
    }

    private static MeterProvider Metrics(
        TelemetryOptions options, TelemetryTargets targets, ResourceBuilder resource, Action<AzureMonitorExporterOptions> azure)
    {
        var builder = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(BotTelemetry.Name);
        var everyMs = options.MetricsSeconds * 1_000;
        if (targets.Otlp is not null)
        {
            builder.AddOtlpExporter((otlp, reader) =>
            {
                Aim(otlp, targets, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = everyMs;
            });
        }

        if (targets.ApplicationInsights is not null) builder.AddAzureMonitorMetricExporter(azure);   // each minute
        return builder.Build();
    }

    private static OpenTelemetryLoggerProvider Lines(
        TelemetryTargets targets, ResourceBuilder resource, Redactor redactor, Action<AzureMonitorExporterOptions> azure)
    {
        var lines = new OpenTelemetryLoggerOptions { IncludeFormattedMessage = true, ParseStateValues = true }.SetResourceBuilder(resource);
        lines.AddProcessor(new LineRedaction(redactor));
        if (targets.Otlp is not null) lines.AddOtlpExporter(otlp => Aim(otlp, targets, "v1/logs"));
        if (targets.ApplicationInsights is not null) lines.AddAzureMonitorLogExporter(azure);
        return new(new Fixed(lines));
    }

    private static void Aim(OtlpExporterOptions otlp, TelemetryTargets targets, string path)
    {
        otlp.Protocol = targets.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        otlp.Endpoint = targets.IsGrpc ? targets.Otlp! : new(targets.Otlp!.ToString().TrimEnd('/') + "/" + path);
    }

    private static LogLevel LevelOf(string level) => level switch
    {
        "information" => LogLevel.Information,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => LogLevel.None,
    };

    private static string Version { get; } = typeof(TelemetryExport).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>Options that do not change.</summary>
    private sealed class Fixed(OpenTelemetryLoggerOptions options) : Microsoft.Extensions.Options.IOptionsMonitor<OpenTelemetryLoggerOptions>
    {
        public OpenTelemetryLoggerOptions CurrentValue => options;

        public OpenTelemetryLoggerOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<OpenTelemetryLoggerOptions, string?> listener) => null;
    }
}
