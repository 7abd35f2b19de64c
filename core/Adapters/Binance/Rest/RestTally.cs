using System.Collections.Concurrent;
using System.Globalization;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Counts what was asked and what went wrong, for pages, reports and metrics.</summary>
public sealed class RestTally
{
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
        Counts.Requested(endpoint.Name);
    }

    internal void Answered(Endpoint endpoint, TimeSpan took) =>
        _took.GetOrAdd(endpoint.Name, static _ => new()).Add(took);

    /// <summary>How many of this kind there were, this one included.</summary>
    internal long Failed(string endpoint, ExchangeFault fault, int? status, int? code)
    {
        Counts.Failed("exchange", (code ?? status)?.ToString(CultureInfo.InvariantCulture) ?? fault.ToString(), endpoint);
        return _faults.AddOrUpdate((endpoint, fault), 1, (_, count) => count + 1);
    }
}
