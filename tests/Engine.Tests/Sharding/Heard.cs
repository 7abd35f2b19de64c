using FuturesBot.Engine.Sharding;

namespace FuturesBot.Engine.Tests.Sharding;

/// <summary>Notes what a shard's runner tells.</summary>
internal sealed class Heard : IShardListener
{
    public List<(long Number, string? Why)> Openings { get; } = [];

    public List<long> Numbers { get; } = [];

    public List<(long From, long To)> Bridges { get; } = [];

    public List<CommandAnswer> Answers { get; } = [];

    public void Opened(long number, string? why) => Openings.Add((number, why));

    public void Taken(MarketBatch batch, TimeSpan took) => Numbers.Add(batch.Number);

    public void Bridged(long fromNumber, long toNumber) => Bridges.Add((fromNumber, toNumber));

    public void Answered(CommandAnswer answer) => Answers.Add(answer);
}
