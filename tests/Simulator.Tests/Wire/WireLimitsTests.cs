using FuturesBot.Simulator.Limits;
using FuturesBot.Simulator.Wire;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Simulator.Tests.Wire;

public sealed class WireLimitsTests
{
    private const string Here = "127.0.0.1";

    private readonly ManualTime _time = new();

    [Fact]
    public void Take_WithinTheMinute_SumsUpTheWeight()
    {
        var limits = new AddressLimits(_time);

        limits.Take(Here, RequestPool.Weight, 10);

        Assert.Equal(new(UsedWeight: 30, Refusal: null, RetryAfterSeconds: 0), limits.Take(Here, RequestPool.Weight, 20));
    }

    [Fact]
    public void Take_InTheNextMinute_BeginsAnew()
    {
        var limits = new AddressLimits(_time);
        _time.Advance(TimeSpan.FromSeconds(59));
        limits.Take(Here, RequestPool.Weight, 2_400);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, limits.Take(Here, RequestPool.Weight, 1).UsedWeight);
    }

    [Fact]
    public void Take_Beyond2400_IsRefusedUntilTheMinuteEnds()
    {
        var limits = new AddressLimits(_time);
        Assert.Null(limits.Take(Here, RequestPool.Weight, 2_400).Refusal);
        _time.Advance(TimeSpan.FromSeconds(15));

        var refused = limits.Take(Here, RequestPool.Weight, 1);

        Assert.Equal((429, -1003, 45), (refused.Refusal?.Status, refused.Refusal?.Code, refused.RetryAfterSeconds));
    }

    [Fact]
    public void Take_OnAndOnAfter429_IsBannedForTwoMinutesAndTheNextTimeForEight()
    {
        var limits = new AddressLimits(_time);

        var first = BanOf(limits);
        _time.Advance(TimeSpan.FromSeconds(first.RetryAfterSeconds));
        Assert.Null(limits.Take(Here, RequestPool.Weight, 1).Refusal);
        _time.Advance(TimeSpan.FromMinutes(5));
        var second = BanOf(limits);

        Assert.Equal((120, 480), (first.RetryAfterSeconds, second.RetryAfterSeconds));
        var until = (_time.GetUtcNow() + TimeSpan.FromMinutes(8)).ToUnixTimeMilliseconds();
        Assert.Contains($"banned until {until}.", second.Refusal!.Message);
    }

    [Fact]
    public void Take_WhileBanned_RefusesOtherPoolsTooButNotOtherAddresses()
    {
        var limits = new AddressLimits(_time);
        limits.Ban(Here, TimeSpan.FromMinutes(1));

        Assert.Equal(418, limits.Take(Here, RequestPool.FuturesData, 0).Refusal?.Status);
        Assert.Null(limits.Take("127.0.0.2", RequestPool.Weight, 1).Refusal);
    }

    [Theory]
    [InlineData(RequestPool.Funding, 500)]
    [InlineData(RequestPool.FuturesData, 1_000)]
    public void Take_PoolsOfCalls_HaveFiveMinutesAndNoWeight(RequestPool pool, int calls)
    {
        var limits = new AddressLimits(_time);
        for (var i = 0; i < calls; i++) Assert.Null(limits.Take(Here, pool, 0).Refusal);
        _time.Advance(TimeSpan.FromMinutes(4));

        var refused = limits.Take(Here, pool, 0);

        Assert.Equal((429, 60, 0), (refused.Refusal?.Status, refused.RetryAfterSeconds, refused.UsedWeight));
        Assert.Null(limits.Take(Here, RequestPool.Weight, 5).Refusal);
    }

    [Fact]
    public void Take_Orders_CountsTenSecondsAndTheMinute()
    {
        var limits = new OrderLimits(_time);
        Assert.Equal((300, 300, null), limits.Take("simulator", 300));
        Assert.Equal(-1015, limits.Take("simulator", 1).Refusal?.Code);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal((5, 306, null), limits.Take("simulator", 5));
    }

    private static Admission BanOf(AddressLimits limits)
    {
        limits.Take(Here, RequestPool.Weight, 2_401);
        for (var i = 0; i < AddressLimits.RefusedMax; i++)
        {
            var refused = limits.Take(Here, RequestPool.Weight, 1);
            if (refused.Refusal?.Status == 418) return refused;
        }

        throw new InvalidOperationException("No ban came");
    }
}
