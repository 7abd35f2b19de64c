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
        var plan = Plan.Of(options, service, targets, credential, redactor, transport);
        var lines = new OpenTelemetryLoggerOptions();
        plan.Fill(lines);
        return new(
            plan.Fill(Sdk.CreateTracerProviderBuilder()).Build(),
            plan.Fill(Sdk.CreateMeterProviderBuilder()).Build(),
            options.LogLevel == "none" ? null : new(new Fixed(lines)),
            LevelOf(options.LogLevel));
    }

    /// <summary>
    /// Sends the same from within a host that keeps providers of its own and ends them: the Functions worker. Sources of spans that the
    /// host adds are sent too, cleaned like ours; its name and its facts about itself are replaced by ours.
    /// </summary>
    /// <param name="host">The host's builder.</param>
    /// <param name="logging">The host's log.</param>
    /// <param name="options">What is sent.</param>
    /// <param name="service">Name of the process when the settings do not give one.</param>
    /// <param name="targets">Where to; at least one.</param>
    /// <param name="credential">By what right Application Insights takes it; null: by the key in the connection string.</param>
    public static void AddTo(
        IOpenTelemetryBuilder host, ILoggingBuilder logging, TelemetryOptions options, string service, TelemetryTargets targets,
        TokenCredential? credential = null)
    {
        if (!targets.Any) throw new ArgumentException("Telemetry has nowhere to go", nameof(targets));
        var plan = Plan.Of(options, service, targets, credential, new(), transport: null);
        host.WithTracing(spans => plan.Fill(spans)).WithMetrics(metrics => plan.Fill(metrics));
        if (options.LogLevel == "none") return;
        host.WithLogging(configureBuilder: null, plan.Fill);
        Limit(logging, LevelOf(options.LogLevel));
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
        Limit(logging.AddProvider(_logs), _level);
    }

    public void Dispose()
    {
        _spans.Shutdown(LastWordsMs);
        _metrics.Shutdown(LastWordsMs);
        _spans.Dispose();
        _metrics.Dispose();
        _logs?.Dispose();
    }

    private static void Limit(ILoggingBuilder logging, LogLevel level) => logging
        .AddFilter<OpenTelemetryLoggerProvider>(category: null, level)
        .AddFilter<OpenTelemetryLoggerProvider>("Microsoft", level > LogLevel.Warning ? level : LogLevel.Warning);

    private static LogLevel LevelOf(string level) => level switch
    {
        "information" => LogLevel.Information,
        "warning" => LogLevel.Warning,
        "error" => LogLevel.Error,
        _ => LogLevel.None,
    };

    private static string Version { get; } = typeof(TelemetryExport).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>What goes where, whoever keeps the providers.</summary>
    private sealed record Plan(
        TelemetryOptions Options, TelemetryTargets Targets, ResourceBuilder Resource, Redactor Redactor, Action<AzureMonitorExporterOptions> Azure)
    {
        public static Plan Of(
            TelemetryOptions options, string service, TelemetryTargets targets, TokenCredential? credential, Redactor redactor, HttpPipelineTransport? transport)
        {
            // The exporter's makers would be told how it does, at an address of theirs.
            if (targets.ApplicationInsights is not null) Environment.SetEnvironmentVariable("APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "true");
            var resource = ResourceBuilder.CreateEmpty()
                .AddService(options.Service.Length > 0 ? options.Service : service, serviceVersion: Version, autoGenerateServiceInstanceId: false);
            return new(options, targets, resource, redactor, azure =>
            {
                azure.ConnectionString = targets.ApplicationInsights;
                azure.Credential = credential;
                azure.DisableOfflineStorage = true;   // a container's disk is gone with it
                azure.SamplingRatio = (float)options.SamplingRatio;
                azure.TracesPerSecond = null;   // a limit per second would tear traces that the ratio keeps
                if (transport is not null) azure.Transport = transport;
            });
        }

        public TracerProviderBuilder Fill(TracerProviderBuilder builder)
        {
            builder.SetResourceBuilder(Resource)
                .AddSource(BotTelemetry.Name)
                .AddProcessor(new SpanRedaction(Redactor));   // before the exporters: they see what it leaves
            if (Targets.Otlp is not null) builder.AddOtlpExporter(otlp => Aim(otlp, "v1/traces"));
            if (Targets.ApplicationInsights is not null) builder.AddAzureMonitorTraceExporter(Azure);
            return builder.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(Options.SamplingRatio)));
        }

        public MeterProviderBuilder Fill(MeterProviderBuilder builder)
        {
            builder.SetResourceBuilder(Resource).AddMeter(BotTelemetry.Name);
            if (Targets.Otlp is not null)
            {
                builder.AddOtlpExporter((otlp, reader) =>
                {
                    Aim(otlp, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = Options.MetricsSeconds * 1_000;
                });
            }

            if (Targets.ApplicationInsights is not null) builder.AddAzureMonitorMetricExporter(Azure);   // each minute
            return builder;
        }

        public void Fill(OpenTelemetryLoggerOptions lines)
        {
            (lines.IncludeFormattedMessage, lines.ParseStateValues) = (true, true);
            lines.SetResourceBuilder(Resource).AddProcessor(new LineRedaction(Redactor));
            if (Targets.Otlp is not null) lines.AddOtlpExporter(otlp => Aim(otlp, "v1/logs"));
            if (Targets.ApplicationInsights is not null) lines.AddAzureMonitorLogExporter(Azure);
        }

        private void Aim(OtlpExporterOptions otlp, string path)
        {
            otlp.Protocol = Targets.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
            otlp.Endpoint = Targets.IsGrpc ? Targets.Otlp! : new(Targets.Otlp!.ToString().TrimEnd('/') + "/" + path);
        }
    }

    /// <summary>Options that do not change.</summary>
    private sealed class Fixed(OpenTelemetryLoggerOptions options) : Microsoft.Extensions.Options.IOptionsMonitor<OpenTelemetryLoggerOptions>
    {
        public OpenTelemetryLoggerOptions CurrentValue => options;

        public OpenTelemetryLoggerOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<OpenTelemetryLoggerOptions, string?> listener) => null;
    }
}
