using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Domain.Market;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Streams;

/// <summary>The small parts that connections are made of.</summary>
public sealed class StreamPartsTests
{
    [Fact]
    public async Task ConnectionBudget_Full_LetsTheNextOneWaitUntilTheOldestIsForgotten()
    {
        var time = new ManualTime();
        var budget = new ConnectionBudget(time, perFiveMinutes: 3);
        for (var i = 0; i < 3; i++)
        {
            await budget.EnterAsync(default);
            time.Advance(TimeSpan.FromMinutes(1));
        }

        var next = budget.EnterAsync(default);
        time.Advance(TimeSpan.FromSeconds(119));
        await Task.Delay(20);
        Assert.False(next.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await next.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(3, budget.Used);
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(2, 1)]
    [InlineData(5, 8)]
    [InlineData(9, 60)]
    [InlineData(1_000_000, 60)]
    public void Backoff_FullJitter_IsAnywhereBelowItsBound(int failures, double boundSeconds)
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(60), new Random(7));

        var delays = Enumerable.Range(0, 2000).Select(_ => backoff.Delay(failures).TotalSeconds).ToList();

        Assert.InRange(delays.Max(), boundSeconds * 0.99, boundSeconds);
        Assert.InRange(delays.Min(), 0, boundSeconds * 0.01);
        Assert.InRange(delays.Average(), boundSeconds * 0.45, boundSeconds * 0.55);
    }

    [Fact]
    public void Backoff_NoFailure_DoesNotWait() =>
        Assert.Equal(TimeSpan.Zero, new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60), new Random(7)).Delay(0));

    [Theory]
    [InlineData("""{"result":null,"id":3}""", 3, null)]
    [InlineData("""{ "id" : 4, "result" : [] }""", 4, null)]
    [InlineData("""{"error":{"code":2,"msg":"bad"},"id":5}""", 5, """{"code":2,"msg":"bad"}""")]
    [InlineData("""{"code":-1125,"msg":"bad","id":6}""", 6, "-1125 bad")]
    [InlineData("""{"id":7,"error":null,"result":null}""", 7, null)]
    public void StreamReply_Answers_AreRead(string text, long id, string? error)
    {
        Assert.True(StreamReply.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out var reply));
        Assert.Equal(new(id, error), reply);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":"1","result":null}""")]
    [InlineData("""{"result":null}""")]
    [InlineData("""{"result":null,"id":1""")]
    [InlineData("""{"stream":"s","data":{},"id":1,"result":null}""")]
    public void StreamReply_AnythingElse_IsNone(string text) =>
        Assert.False(StreamReply.TryRead(System.Text.Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void LagHistogram_Quantiles_AreUpperBoundsOfTheirSteps()
    {
        var lag = new LagHistogram();
        Assert.True(double.IsNaN(lag.QuantileMs(0.5)));
        for (var i = 0; i < 98; i++) lag.Add(15);
        lag.Add(700);
        lag.Add(1e9);

        Assert.Equal(20, lag.QuantileMs(0.5));
        Assert.Equal(1000, lag.QuantileMs(0.99));
        Assert.Equal(double.PositiveInfinity, lag.QuantileMs(1));
    }

    [Fact]
    public void KlineWatch_ClosedCandleInTime_ExpectsTheNextOne()
    {
        var (watch, start) = (new KlineWatch(TimeFrame.M15, new()), 1_800_000_000_000 / TimeFrame.M15.Ms() * TimeFrame.M15.Ms());
        watch.Begin(start + 1000);
        var close = start + TimeFrame.M15.Ms();

        Assert.False(watch.IsOverdue(close + 14_000, speed: 1));   // 5 s and 1 % of 15 minutes
        watch.See(start);
        Assert.False(watch.IsOverdue(close + 60_000, speed: 1));
        Assert.True(watch.IsOverdue(close + TimeFrame.M15.Ms() + 14_001, speed: 1));
        Assert.Equal(1, watch.Misses);
    }

    [Fact]
    public void KlineWatch_OlderCandleComesAgain_ProvesNothing()
    {
        var watch = new KlineWatch(TimeFrame.M1, new());
        watch.Begin(600_000);
        watch.See(540_000);

        Assert.True(watch.IsOverdue(660_000 + 5_601, speed: 1));
    }

    [Fact]
    public void KlineWatch_FastMarket_StillLeavesTheWireItsTime()
    {
        var watch = new KlineWatch(TimeFrame.M1, new() { CandleWallSeconds = 3 });
        watch.Begin(600_000);

        Assert.False(watch.IsOverdue(660_000 + (3 * 60_000), speed: 60));   // three seconds of wall time
        Assert.True(watch.IsOverdue(660_000 + (3 * 60_000) + 1, speed: 60));
    }

    [Fact]
    public void KlineWatch_Paused_ExpectsNothing()
    {
        var watch = new KlineWatch(TimeFrame.M1, new());
        watch.Begin(600_000);
        watch.Pause();

        Assert.False(watch.IsOverdue(10_000_000, speed: 1));
    }
}
