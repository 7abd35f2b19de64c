using FuturesBot.Domain.Market;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Strategies;
using Xunit;

namespace FuturesBot.Domain.Tests.Scoring;

public sealed class RankedSetupTests
{
    [Fact]
    public void Compare_WhateverTheOrderOfArrival_IsOneOrder()
    {
        const int seed = 4;
        RankedSetup[] expected =
        [
            Of("OrderFlow", "", Side.Short, 5, "ZECUSDT"),
            Of("LiquiditySweep", "fade", Side.Long, 4, "BTCUSDT", confidence: 0.7),
            Of("VolumeProfile", "accept", Side.Long, 4, "BTCUSDT", confidence: 0.6),
            Of("LiquiditySweep", "continuation", Side.Short, 4, "ADAUSDT"),
            Of("LiquiditySweep", "continuation", Side.Long, 4, "ADAUSDT"),
            Of("LiquiditySweep", "fade", Side.Long, 4, "ADAUSDT"),
            Of("LiquiditySweep", "fade", Side.Long, 4, "BTCUSDT"),
            Of("BreakAndRetest", "", Side.Long, 4, "ADAUSDT"),
            Of("ActionPrice", "", Side.Long, 12, "ADAUSDT", itself: true),
        ];
        var random = new Random(seed);
        for (var round = 0; round < 50; round++)
        {
            var mixed = expected.ToList();
            for (var i = mixed.Count - 1; i > 0; i--)
            {
                var j = random.Next(i + 1);
                (mixed[i], mixed[j]) = (mixed[j], mixed[i]);
            }

            mixed.Sort(RankedSetup.Compare);
            Assert.True(expected.SequenceEqual(mixed), $"seed {seed}, round {round}");
        }
    }

    private static RankedSetup Of(
        string strategy, string mode, Side side, double score, string symbol, double confidence = double.NaN, bool itself = false) => new(
        Symbol.Parse(symbol),
        new Setup
        {
            Kind = new(strategy, mode, side),
            Key = default,
            Frame = TimeFrame.M15,
            Category = EntryCategory.Breakout,
            SignalPrice = 1,
            StopAnchor = 1,
            Atr = 1,
            Base = 1,
            ScoresItself = itself,
        },
        new([], score, 0, 0, 0),
        StrategyCatalog.PriorityOf(strategy),
        StopAnchor: 1,
        Agreeing: 1,
        confidence);
}
