using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using Xunit;

namespace FuturesBot.Engine.Tests.Ingestion;

public sealed class KlineWeightTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(499, 2)]
    [InlineData(500, 5)]
    [InlineData(1000, 5)]
    [InlineData(1001, 10)]
    [InlineData(1500, 10)]
    public void Of_EachLimit_IsTheExchangesTable(int limit, int weight) => Assert.Equal(weight, KlineWeight.Of(limit));

    [Fact]
    public void Split_AnyLength_CoversTheRangeForTheLeastWeight()
    {
        for (var bars = 1; bars <= 3_000; bars++)
        {
            var requests = KlineWeight.Split(TimeFrame.M15, 0, bars * TimeFrame.M15.Ms()).ToList();

            Assert.Equal(0, requests[0].FromMs);
            Assert.Equal(bars * TimeFrame.M15.Ms(), requests[^1].ToMs);
            Assert.All(requests.Zip(requests.Skip(1)), pair => Assert.Equal(pair.First.ToMs, pair.Second.FromMs));
            Assert.All(requests, request => Assert.Equal(request.Limit, (request.ToMs - request.FromMs) / TimeFrame.M15.Ms()));
            Assert.Equal(KlineWeight.Least(bars), requests.Sum(request => KlineWeight.Of(request.Limit)));
        }

        // By trying every division of 1,500 bars into requests of the four sizes: 7 is the least, 499 · 3 + 3.
        Assert.Equal(7, KlineWeight.Least(1_500));
        Assert.Equal(LeastByTrying(1_500), KlineWeight.Least(1_500));
        Assert.Equal(LeastByTrying(1_000), KlineWeight.Least(1_000));
        Assert.Equal(LeastByTrying(598), KlineWeight.Least(598));
    }

    private static int LeastByTrying(int bars)
    {
        var least = new int[bars + 1];
        for (var n = 1; n <= bars; n++)
        {
            least[n] = ((int[])[99, 499, 1000, 1500]).Min(limit => KlineWeight.Of(limit) + least[Math.Max(0, n - limit)]);
        }

        return least[bars];
    }
}
