using System.Collections.Concurrent;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Bench.Soak;

/// <summary>Counts alerts by kind: on a bad day there are some, and none may be thrown away unseen.</summary>
internal sealed class SoakAlerts : IAlerts
{
    private readonly ConcurrentDictionary<AlertKind, int> _counts = new();

    public void Raise(Alert alert) => _counts.AddOrUpdate(alert.Kind, 1, (_, count) => count + 1);

    public override string ToString() =>
        _counts.IsEmpty ? "none" : string.Join(", ", _counts.OrderBy(count => count.Key).Select(count => $"{count.Key} {count.Value}"));
}
