using FuturesBot.Domain.Market;
using FuturesBot.Simulator.Market;
using Xunit;

namespace FuturesBot.Simulator.Tests;

/// <summary>The generated market has what is known of real ones, over ninety days and several seeds.</summary>
public sealed class StylisedFactsTests
{
    private const long Start = 1_751_328_000_000;   // 2025-07-01T00:00Z
    private const int Days = 90;

    public static TheoryData<long> Seeds => [1, 2, 3];

    [Theory, MemberData(nameof(Seeds))]
    public void NinetyDays_LookLikeAMarket(long seed)
    {
        var market = new GeneratedMarket(seed, Start);
        var facts = Facts.Over(market, Days);
        for (var i = 0; i < facts.Length; i++)
        {
            var (symbol, fact) = (market.Symbols[i], facts[i]);
            var where = $"seed {seed}, {symbol.Symbol}: {fact}";
            TestContext.Current.TestOutputHelper?.WriteLine(where);
            Assert.True(fact.Kurtosis > 4.5, where);
            Assert.True(fact.AbsAutocorrelation > 0.08, where);
            Assert.True(i == 0 || fact.LeaderCorrelation > 0.4, where);
            Assert.True(fact.Lowest > symbol.StartPrice / 4 && fact.Highest < symbol.StartPrice * 4, where);
            Assert.InRange(fact.DailyVolatility, 0.007, 0.09);
            Assert.InRange(fact.TakerCorrelation, 0.15, 0.9);
            Assert.True(fact.VolumeWithRange > 0.3, where);
            Assert.True(fact.EmaCrosses is > 60 and < 900, where);
            Assert.True(fact.Sweeps > 20, where);
            Assert.True(fact.TrendHours > 48, where);
        }
    }
}
