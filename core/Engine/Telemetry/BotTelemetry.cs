using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FuturesBot.Engine.Telemetry;

/// <summary>
/// Where spans and counts of every part come from. Nothing here costs more than a look while nobody listens: no span is made, and a
/// count that nobody collects allocates nothing.
/// </summary>
public static class BotTelemetry
{
    /// <summary>Name of the source of spans and of the meter.</summary>
    public const string Name = "FuturesBot";

    /// <summary>Spans; their names are in <see cref="Spans"/>.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Counts; their names are in <see cref="Metrics"/>. Readings of living objects have meters of their own (<see cref="Gauges"/>).</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>A span within a trace that goes on already; null when there is none. For what would be noise by itself.</summary>
    public static Activity? StartWithin(string name, ActivityKind kind = ActivityKind.Internal) =>
        Activity.Current is null ? null : Source.StartActivity(name, kind);

    /// <summary>A span below a context that came from elsewhere; below the one at hand when nothing came.</summary>
    /// <param name="name">Of <see cref="Spans"/>.</param>
    /// <param name="kind">Which side of a hand-over it is.</param>
    /// <param name="traceParent">As <see cref="TraceContext.Current"/> wrote it; null, or of another form: nothing came.</param>
    public static Activity? StartFrom(string name, ActivityKind kind, string? traceParent) =>
        Source.HasListeners() ? Source.StartActivity(name, kind, TraceContext.Parse(traceParent)) : null;

    /// <summary>Marks a span as failed, by the kind of the fault alone: its text may hold what a span must not.</summary>
    public static void Fail(this Activity? span, Exception fault)
    {
        if (span is null) return;
        span.SetTag(Attributes.Code, fault.GetType().Name);
        span.SetStatus(ActivityStatusCode.Error);
    }
}
