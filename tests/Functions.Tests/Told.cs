using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;

namespace FuturesBot.Functions.Tests;

/// <summary>A signal and what its orchestration is told, in the least form.</summary>
internal static class Told
{
    /// <summary>Far ahead: no deadline falls into a test that does not want one.</summary>
    public static readonly long At = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public static SignalView View(string id, long version, bool isFinal = false, long? endsAtMs = null, params WatchedLevel[] levels) => new()
    {
        SignalId = id,
        Symbol = Symbol.Parse("ETHUSDT"),
        Strategy = "LiquiditySweep",
        Side = Side.Long,
        Version = version,
        Phase = isFinal ? "Closed" : "Open",
        IsFinal = isFinal,
        DecidedAtMs = At,
        EndsAtMs = endsAtMs,
        Levels = levels,
    };

    /// <summary>A move with one effect.</summary>
    public static SignalMessage Move(string id, long version, bool isFinal = false, long? endsAtMs = null, long? atMs = null, params WatchedLevel[] levels) => new(
        new TrackingEvent.Moved(
            $"{id}-v{version}", atMs ?? At + version, version - 1, View(id, version, isFinal, endsAtMs, levels), [Effect(id, version)]));

    public static StoredEffect Effect(string id, long version) => new($"{id}-{version}-notify", id, "notify", $"{{\"text\":\"step {version}\"}}", At + version);

    public static SignalMessage Crossing(string id, string level) =>
        new(new TrackingEvent.Crossed($"{id}-{level}-crossed", At, level, 100.5m, 100.25m));
}
