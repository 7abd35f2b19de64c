using System.Collections.Concurrent;
using System.Diagnostics;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.TestKit;

/// <summary>Hears spans of one name and of one trace, its own: tests that run beside it are not heard.</summary>
public sealed class HeardSpans : IDisposable
{
    private readonly ConcurrentQueue<Activity> _heard = new();
    private readonly ActivityListener _listener;
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();

    /// <param name="name">Of <see cref="Spans"/>; null: all.</param>
    public HeardSpans(string? name = null)
    {
        _listener = new()
        {
            ShouldListenTo = source => source.Name == BotTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == _trace ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None,
            ActivityStopped = span =>
            {
                if (span.TraceId == _trace && (name is null || span.OperationName == name)) _heard.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>A context in the trace: what carries it is heard.</summary>
    public string TraceParent => TraceContext.Of(new ActivityContext(_trace, ActivitySpanId.CreateFromString("b7ad6b7169203331"), ActivityTraceFlags.Recorded))!;

    /// <summary>In the order of their ends.</summary>
    public IReadOnlyList<Activity> Heard => [.. _heard];

    public void Dispose() => _listener.Dispose();
}
