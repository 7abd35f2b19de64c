using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using Xunit;

namespace FuturesBot.Engine.Tests.Sharding;

public sealed class BatchFeedTests
{
    private const long BeginMs = 900_000_000;

    /// <summary>A command may be answered before the first closing time of a new shard: its batch knows of none.</summary>
    [Fact]
    public void Add_BeforeAnythingHasClosed_BelongsToTheBeginning()
    {
        using var feed = new BatchFeed([], BeginMs);

        Assert.True(feed.Add(Batch(1, closeMs: 0)));

        Assert.Equal((1, BeginMs, BeginMs), (feed.Number, feed.CloseMs, feed.NextCloseMs));
        feed.Read(new List<FeedCandle>());
        Assert.True(feed.Add(Batch(2, BeginMs + 900_000)));
        Assert.Equal(BeginMs + 900_000, feed.NextCloseMs);
    }

    [Fact]
    public void Add_BackInTime_IsRefused()
    {
        using var feed = new BatchFeed([], BeginMs);

        var fault = Assert.Throws<ArgumentException>(() => feed.Add(Batch(1, BeginMs - 1)));

        Assert.Contains("899999999", fault.Message, StringComparison.Ordinal);
    }

    private static MarketBatch Batch(long number, long closeMs) => new() { Shard = "main", Number = number, CloseMs = closeMs };
}
