using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Counts what was asked and what went wrong, for pages, reports and metrics.</summary>
public sealed class RestTally
{
    public const string MeterName = "FuturesBot.Binance";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> RequestCounter = Meter.CreateCounter<long>("futuresbot.binance.requests");
    private static readonly Counter<long> FaultCounter = Meter.CreateCounter<long>("futuresbot.binance.faults");

    private readonly ConcurrentDictionary<string, long> _requests = new();
    private readonly ConcurrentDictionary<string, LatencyHistogram> _took = new();
    private readonly ConcurrentDictionary<(string Endpoint, ExchangeFault Fault), long> _faults = new();

    /// <summary>Requests that left, by endpoint.</summary>
    public IReadOnlyDictionary<string, long> Requests => _requests;

    /// <summary>Answers that were not usable, by endpoint and kind; repeats count.</summary>
    public IReadOnlyDictionary<(string Endpoint, ExchangeFault Fault), long> Faults => _faults;

    /// <summary>From sending to the head of the answer, by endpoint; requests without an answer are not in it.</summary>
    public IReadOnlyDictionary<string, LatencyHistogram> Took => _took;

    /// <summary>Faults of one kind, of all endpoints.</summary>
    public long FaultsOf(ExchangeFault fault) => _faults.Where(entry => entry.Key.Fault == fault).Sum(entry => entry.Value);

    internal void Sent(Endpoint endpoint)
    {
        _requests.AddOrUpdate(endpoint.Name, 1, (_, count) => count + 1);
        RequestCounter.Add(1, new KeyValuePair<string, object?>("endpoint", endpoint.Name));
    }

    internal void Answered(Endpoint endpoint, TimeSpan took) =>
        _took.GetOrAdd(endpoint.Name, static _ => new()).Add(took);

    /// <summary>How many of this kind there were, this one included.</summary>
    internal long Failed(string endpoint, ExchangeFault fault)
    {
        FaultCounter.Add(1, new("endpoint", endpoint), new("fault", fault.ToString()));
        return _faults.AddOrUpdate((endpoint, fault), 1, (_, count) => count + 1);
    }
}
