using System.Diagnostics;

namespace FuturesBot.Engine.Telemetry;

/// <summary>
/// A trace's context as a text of W3C Trace Context (<c>traceparent</c>), for queues, orchestrations and stored messages: what is written
/// by one process makes the spans of another part of the same trace.
/// </summary>
public static class TraceContext
{
    /// <summary>Of the span at hand; null when nobody traces.</summary>
    public static string? Current => Of(Activity.Current);

    /// <summary>Of a span; null when there is none, or its ids are not of this form.</summary>
    public static string? Of(Activity? span) => span is { IdFormat: ActivityIdFormat.W3C } ? span.Id : null;

    /// <summary>Of a context that was kept; null when it is empty.</summary>
    public static string? Of(ActivityContext context) => context == default
        ? null
        : $"00-{context.TraceId}-{context.SpanId}-{(context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00")}";

    /// <summary>The context that a text tells; empty for null and for whatever is not one: a broken text breaks a trace and nothing else.</summary>
    public static ActivityContext Parse(string? traceParent) =>
        ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var context) ? context : default;
}
