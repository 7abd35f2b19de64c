using FuturesBot.Dashboard.Running;
using FuturesBot.Engine.Sharding;

namespace FuturesBot.Dashboard.Sample;

/// <summary>Invented parts: timers that fell silent, and two messages that could not be taken in.</summary>
internal sealed class SampleParts(TimeProvider time) : IPartsSource
{
    private const long Head = 184_206;

    private readonly long _sinceMs = time.GetUtcNow().ToUnixTimeMilliseconds() - 7_200_000;
    private readonly List<PoisonView> _poison = [];
    private readonly Lock _gate = new();
    private bool _isFilled;

    public IReadOnlyList<BeatView> Beats() => BeatViews.Of(
        [
            new("sidecar", NowMs - 2_000, Head, new string('c', 64)), new("market-events", NowMs - 41_000, Head, new string('c', 64)),
            new("orchestrations", NowMs - 222_000, 0, "3 followed"), new("timers", NowMs - 1_512_000), new("sidecar-standby", NowMs - 5_400_000, Head - 90),
        ],
        new(), FollowerVerdict.Agrees, Head, waitsSinceMs: null, _sinceMs, NowMs);

    public IReadOnlyList<PoisonView> Poison(int limit)
    {
        lock (_gate)
        {
            if (!_isFilled)
            {
                _poison.Add(new(
                    "7c1f0c52-1a55-4f9e-9f5c-b9a2f4a1d0aa", "sidecar-commands", NowMs - 1_260_000, 5,
                    "RepairGap: the exchange does not list NOPEUSDT, and the archive has no file of it",
                    """{"id":"gap-NOPEUSDT-15m-1795000000000","command":{"kind":"repair_gap","symbol":"NOPEUSDT","timeframe":"15m","from":1795000000000,"to":1795003600000}}"""));
                _poison.Add(new(
                    "9a40f1de-55b0-4cf1-8d2e-0b7a33c9d7e1", "market-events", NowMs - 86_500_000, 5, "The message is no batch: it is cut off at byte 48128",
                    "{\"shard\":\"main\",\"number\":184012,\"close\":1795111200000,\"candles\":[{\"symbol\":\"BTCUSDT\",\"timeframe\":\"15m\",\"open_time\":1795110300000,"
                    + string.Concat(Enumerable.Repeat("\"o\":111284.3,\"h\":111290.1,\"l\":111200.0,\"c\":111250.5,", 20))));
                _isFilled = true;
            }

            return [.. _poison.Take(limit)];
        }
    }

    public Task<bool> RemoveAsync(string id, CancellationToken cancel)
    {
        lock (_gate) return Task.FromResult(_poison.RemoveAll(one => one.Id == id) > 0);
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();
}
