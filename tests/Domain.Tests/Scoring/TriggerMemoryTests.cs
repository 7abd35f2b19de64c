using FuturesBot.Domain.Market;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Strategies;
using Xunit;

namespace FuturesBot.Domain.Tests.Scoring;

public sealed class TriggerMemoryTests
{
    private const double Gap = 0.003;

    [Fact]
    public void Agreeing_OtherStrategiesOfTheSameSide_AreCountedOnceEach()
    {
        var memory = new TriggerMemory();
        Add(memory, "LiquiditySweep", Side.Long, 100, 99, atMs: 1);
        Add(memory, "LiquiditySweep", Side.Long, 100, 99, atMs: 2);
        Add(memory, "VolumeProfile", Side.Long, 100, 99, atMs: 2);
        Add(memory, "OrderFlow", Side.Short, 100, 101, atMs: 2);

        Assert.Equal(2, Agreeing(memory, "LiquiditySweep", 99, out _));
    }

    [Theory]
    [InlineData(100.3, 2)]
    [InlineData(100.31, 1)]
    [InlineData(99.7, 2)]
    [InlineData(99.69, 1)]
    public void Agreeing_EntriesMustLieWithinThreePerMille(double price, int expected)
    {
        var memory = new TriggerMemory();
        Add(memory, "VolumeProfile", Side.Long, price, 99, atMs: 2);
        Add(memory, "LiquiditySweep", Side.Long, 100, 99, atMs: 2);

        Assert.Equal(expected, Agreeing(memory, "LiquiditySweep", 99, out _));
    }

    [Fact]
    public void Agreeing_OlderTriggers_DoNotCount()
    {
        var memory = new TriggerMemory();
        Add(memory, "VolumeProfile", Side.Long, 100, 99, atMs: 1);
        Add(memory, "LiquiditySweep", Side.Long, 100, 99, atMs: 5);

        Assert.Equal(2, Agreeing(memory, "LiquiditySweep", 99, out _, sinceMs: 1));
        Assert.Equal(1, Agreeing(memory, "LiquiditySweep", 99, out _, sinceMs: 2));
    }

    [Fact]
    public void Agreeing_ActionPrice_TakesNoPart()
    {
        var memory = new TriggerMemory();
        memory.Add(Setup("ActionPrice", Side.Long, 100, 90) with { ScoresItself = true }, SetupKind.CodeOf("ActionPrice"), 2);
        Add(memory, "LiquiditySweep", Side.Long, 100, 99, atMs: 2);

        Assert.Equal(1, Agreeing(memory, "LiquiditySweep", 99, out var stop));
        Assert.Equal(99, stop);
    }

    [Theory]
    [InlineData(Side.Long, 99, 98, 98)]
    [InlineData(Side.Long, 98, 99, 98)]
    [InlineData(Side.Short, 101, 102, 102)]
    [InlineData(Side.Short, 102, 101, 102)]
    public void FarthestStop_OfThoseThatAgree_IsTaken(Side side, double own, double other, double expected)
    {
        var memory = new TriggerMemory();
        Add(memory, "VolumeProfile", side, 100, other, atMs: 2);
        Add(memory, "LiquiditySweep", side, 100, own, atMs: 2);

        Assert.Equal(2, memory.Agreeing(Setup("LiquiditySweep", side, 100, own), 0, Gap, out var stop));
        Assert.Equal(expected, stop);
    }

    [Fact]
    public void FarthestStop_OfAnEarlierTriggerOfTheSameStrategy_IsNotTaken()
    {
        // Only independent strategies make confluence; a strategy does not agree with itself.
        var memory = new TriggerMemory();
        Add(memory, "LiquiditySweep", Side.Long, 100, 95, atMs: 1);
        Add(memory, "LiquiditySweep", Side.Long, 100, 99, atMs: 2);

        Assert.Equal(1, Agreeing(memory, "LiquiditySweep", 99, out var stop));
        Assert.Equal(99, stop);
    }

    private static int Agreeing(TriggerMemory memory, string strategy, double stop, out double farthest, long sinceMs = 0) =>
        memory.Agreeing(Setup(strategy, Side.Long, 100, stop), sinceMs, Gap, out farthest);

    private static void Add(TriggerMemory memory, string strategy, Side side, double price, double stop, long atMs) =>
        memory.Add(Setup(strategy, side, price, stop), SetupKind.CodeOf(strategy), atMs);

    private static Setup Setup(string strategy, Side side, double price, double stop) => new()
    {
        Kind = new(strategy, "", side),
        Key = default,
        Frame = TimeFrame.M15,
        Category = EntryCategory.Breakout,
        SignalPrice = price,
        StopAnchor = stop,
        Atr = 1,
        Base = 2.5,
    };
}
