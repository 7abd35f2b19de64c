using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class FrameLadderTests
{
    private const long Midnight = 1_767_225_600_000;   // 2026-01-01T00:00Z

    [Fact]
    public void Add_AWholeDay_ClosesEveryFrameAtItsTime()
    {
        var ladder = new FrameLadder();
        var closed = TimeFrames.All.ToDictionary(frame => frame, _ => 0);
        for (var minute = 0; minute < 1_440; minute++)
        {
            var count = ladder.Add(Minute(minute));
            Assert.Equal(TimeFrames.All.Count(frame => (minute + 1) % frame.Minutes() == 0), count);
            foreach (var frame in TimeFrames.All)
            {
                if (!ladder.TryGet(frame, out var bar)) continue;
                closed[frame]++;
                Assert.Equal(Midnight + ((minute + 1) * 60_000L), bar.CloseTimeMs(frame));
                Assert.Equal(frame.Minutes(), bar.Volume);
            }
        }

        Assert.All(closed, entry => Assert.Equal(1_440 / entry.Key.Minutes(), entry.Value));
    }

    [Fact]
    public void Add_AMissingMinute_LeavesOutEveryFrameThatHoldsIt()
    {
        var ladder = new FrameLadder();
        var hours = 0;
        for (var minute = 0; minute < 120; minute++)
        {
            if (minute == 17) continue;
            ladder.Add(Minute(minute));
            if (ladder.TryGet(TimeFrame.H1, out _)) hours++;
        }

        Assert.Equal(1, hours);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(61)]
    [InlineData(239)]
    public void Carry_CutAnywhere_GoesOnIdentically(int cut)
    {
        var ladder = new FrameLadder();
        for (var minute = 0; minute < cut; minute++) ladder.Add(Minute(minute));
        var restored = new FrameLadder();
        StateRestorer.Restore(restored, StateSaver.Save(ladder));

        for (var minute = cut; minute < 480; minute++)
        {
            Assert.Equal(ladder.Add(Minute(minute)), restored.Add(Minute(minute)));
            Assert.Equal(ladder.TryGet(TimeFrame.H4, out var expected), restored.TryGet(TimeFrame.H4, out var actual));
            Assert.Equal(expected, actual);
        }
    }

    private static Candle Minute(int index)
    {
        var price = 100 + (index % 7);
        return new(Midnight + (index * 60_000L), price, price + 2, price - 2, price + 1, Volume: 1);
    }
}
