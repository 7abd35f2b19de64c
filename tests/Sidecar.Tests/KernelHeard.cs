using System.Collections.Concurrent;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;

namespace FuturesBot.Sidecar.Tests;

/// <summary>What the taker of batches was told: answers, and crossings on their way to orchestrations.</summary>
internal sealed class KernelHeard : IShardListener, IEffectCarrier
{
    private readonly ConcurrentDictionary<string, CommandAnswer> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TrackingEvent.Crossed> _crossings = new(StringComparer.Ordinal);

    /// <summary>By the command's id, the last of each.</summary>
    public IReadOnlyDictionary<string, CommandAnswer> Answers => _answers;

    public IReadOnlyCollection<TrackingEvent.Crossed> Crossings => [.. _crossings.Values.OrderBy(one => one.AtMs)];

    /// <summary>Why its state was built anew; null when it was read as it was kept.</summary>
    public string? Rebuilt { get; private set; }

    public void Opened(long number, string? why) => Rebuilt = why;

    public void Taken(MarketBatch batch, TimeSpan took)
    {
    }

    public void Bridged(long fromNumber, long toNumber)
    {
    }

    public void Answered(CommandAnswer answer) => _answers[answer.CommandId] = answer;

    public bool HasDone(StoredEffect effect) => false;

    public Task CarryOutAsync(StoredEffect effect)
    {
        if (effect.Kind == Effects.Raise && Effects.ToMessage(effect).Event is TrackingEvent.Crossed crossed) _crossings[crossed.Id] = crossed;
        return Task.CompletedTask;
    }
}
