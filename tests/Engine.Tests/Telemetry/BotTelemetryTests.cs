using System.Diagnostics;
using System.Diagnostics.Metrics;
using FuturesBot.Engine.Telemetry;
using Xunit;

namespace FuturesBot.Engine.Tests.Telemetry;

[Collection(nameof(BotTelemetryTests))]
[CollectionDefinition(nameof(BotTelemetryTests), DisableParallelization = true)]
public sealed class BotTelemetryTests
{
    [Fact]
    public void Hooks_NobodyListens_AllocateNothing()
    {
        Pass();   // the first call makes what is made once

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) Pass();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Pass()
        {
            using var span = BotTelemetry.Source.StartActivity(Spans.Decide, ActivityKind.Internal, default(ActivityContext));
            using var below = BotTelemetry.StartFrom(Spans.Take, ActivityKind.Consumer, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            using var within = BotTelemetry.StartWithin(Spans.ExchangeRequest, ActivityKind.Client);
            Assert.True(span is null && below is null && within is null);
            Counts.Took(Stages.Decided, 12.5);
            Counts.Closed(200, 199);
            Counts.Failed("exchange", "-1021", "klines");
            Counts.Requested("klines");
            Counts.Stored("tables", "transaction");
            Counts.Told("delivered");
            Counts.Taken("main", 200, 15, "market-events");
        }
    }

    [Fact]
    public void TraceContext_WrittenAndRead_MakesTheSameTrace()
    {
        using var ears = new SpanEars();
        string text;
        ActivityTraceId trace;
        using (var span = BotTelemetry.Source.StartActivity(Spans.Publish, ActivityKind.Producer, default(ActivityContext)))
        {
            (text, trace) = (TraceContext.Current!, span!.TraceId);
            Assert.Equal(text, TraceContext.Of(span.Context));
        }

        using var taken = BotTelemetry.StartFrom(Spans.Take, ActivityKind.Consumer, text);

        Assert.Equal(trace, taken!.TraceId);
        Assert.True(taken.HasRemoteParent);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not a context")]
    [InlineData("00-00000000000000000000000000000000-b7ad6b7169203331-01")]
    public void Parse_NoContext_IsEmpty(string? text) => Assert.Equal(default, TraceContext.Parse(text));

    [Fact]
    public void MetricTable_EveryName_HasAKindAndUnitAndKnownAttributes()
    {
        var attributes = typeof(Attributes).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToHashSet();

        Assert.True(MetricTable.All.Count > 30);
        Assert.All(MetricTable.All, one =>
        {
            Assert.StartsWith("futuresbot.", one.Key, StringComparison.Ordinal);
            Assert.NotEmpty(one.Value.Unit);
            Assert.Subset(attributes, one.Value.Attributes.ToHashSet());
        });
    }

    [Fact]
    public void Counts_WhatTheyCarry_IsWhatTheTableSays()
    {
        var heard = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        using var ear = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Meter == BotTelemetry.Meter) listener.EnableMeasurementEvents(instrument); } };
        ear.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument, tags));
        ear.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument, tags));
        ear.Start();

        Counts.Took(Stages.Decided, 12.5);
        Counts.Closed(200, 199);
        Counts.Stopped(isBan: true);
        Counts.Requested("klines");
        Counts.Failed("exchange", "-1021", "klines");
        Counts.Refused(new(1, "ETHUSDT", 15, "OrderFlow", IsLong: true, "locked", double.NaN, double.NaN));
        Counts.Told("delivered");
        Counts.Taken("main", 200, 15, "market-events");
        Counts.Published("main", 1_000);
        Counts.Poisoned("market-events");
        Counts.Stored("tables", "transaction");

        // Steps and trades of a signal are heard in runs of the whole system.
        var told = MetricTable.All.Where(one => one.Value.Kind != MetricKind.Gauge && one.Key is not (Metrics.SignalSteps or Metrics.Trades or Metrics.TradeNetR));
        Assert.Equal(told.Select(one => one.Key).Order(StringComparer.Ordinal), heard.Keys.Order(StringComparer.Ordinal));
        Assert.All(heard, one => Assert.Equal(MetricTable.All[one.Key].Attributes.ToHashSet(), one.Value));

        void Note(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            lock (heard)
            {
                var names = heard[instrument.Name] = [];
                foreach (var tag in tags) names.Add(tag.Key);
            }
        }
    }

    [Fact]
    public void Add_NameOfACounter_IsRefused()
    {
        using var gauges = new Gauges();

        Assert.Contains("is a Counter", Assert.Throws<ArgumentException>(() => gauges.Add(Metrics.Poison, () => 1)).Message, StringComparison.Ordinal);
    }

    private sealed class SpanEars : IDisposable
    {
        private readonly ActivityListener _listener = new()
        {
            ShouldListenTo = source => source.Name == BotTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };

        public SpanEars() => ActivitySource.AddActivityListener(_listener);

        public void Dispose() => _listener.Dispose();
    }
}
