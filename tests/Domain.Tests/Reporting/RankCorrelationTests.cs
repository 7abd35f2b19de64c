using FuturesBot.Domain.Reporting;
using Xunit;

namespace FuturesBot.Domain.Tests.Reporting;

public sealed class RankCorrelationTests
{
    [Fact]
    public void Of_SpearmansClassicExample_MatchesHandCalculation()
    {
        // Ranks x 1 2 3 4 5, y 2 1 4 3 5: Σd² = 4, ρ = 1 − 6·4/(5·24) = 0.8
        Assert.Equal(0.8, RankCorrelation.Of([10, 20, 30, 40, 50], [7, 3, 20, 12, 99]), precision: 14);
    }

    [Fact]
    public void Of_Ties_ShareTheirMeanRank()
    {
        Assert.Equal([1, 2.5, 2.5, 4], RankCorrelation.Ranks([3, 5, 5, 9]));

        // x 1 2.5 2.5 4, y 1 2 3 4: Σab = 2.25 + 0 + 0 + 2.25, Σaa = 4.5, Σbb = 5
        Assert.Equal(4.5 / Math.Sqrt(4.5 * 5), RankCorrelation.Of([3, 5, 5, 9], [1, 2, 3, 4]), precision: 14);
    }

    [Fact]
    public void Of_NothingToCompare_IsNotANumber()
    {
        Assert.Equal(double.NaN, RankCorrelation.Of([1, 2], [1, 2]));
        Assert.Equal(double.NaN, RankCorrelation.Of([1, 1, 1, 1], [1, 2, 3, 4]));
    }

    [Fact]
    public void Sentinel_ScoreThatRunsBackwards_AlertsWithinTwentyEightTrades()
    {
        // As the earlier bot measured: 28 trades, 8 won, winners' mean score 3.6, losers' 5.5 (spec 1.11).
        var trades = Enumerable.Range(0, 28).Select(i => i < 8
            ? Trades.One(1.4m, number: i, strategy: "ActionPrice", score: 3 + (i % 2))
            : Trades.One(-1m, number: i, strategy: "ActionPrice", score: 5 + (i % 2)));

        var total = ScoreSentinel.Of(trades).Single(s => s.Name == ScoreSentinel.Total);

        Assert.Equal((ScoreScale.ActionPrice, 28), (total.Scale, total.N));
        Assert.True(total.RankCorrelation < -0.5, $"was {total.RankCorrelation}");
        Assert.Equal(SentinelVerdict.Inverted, total.Verdict);
        Assert.True(total.Alert);
    }

    [Fact]
    public void Sentinel_EachPart_GetsItsOwnVerdict()
    {
        var trades = Enumerable.Range(0, 40).Select(i => Trades.One(i % 2 == 0 ? 1m : -1m, number: i) with
        {
            ScoreParts =
            [
                new("good", i % 2, "opposes the result"),
                new("dead", 0, "never"),
                new("book", i < 10 ? 1 : null, "mostly missing"),
                new("volume", i % 2 == 0 ? 1 : 0, "goes with the result"),
            ],
        }).ToArray();

        var verdicts = ScoreSentinel.Of(trades).ToDictionary(s => s.Name);

        Assert.Equal(SentinelVerdict.Inverted, verdicts["good"].Verdict);
        Assert.Equal(SentinelVerdict.NeverFires, verdicts["dead"].Verdict);
        Assert.Equal(SentinelVerdict.CannotSay, verdicts["book"].Verdict);
        Assert.Equal(0.75, verdicts["book"].UnavailableShare);
        Assert.Equal(SentinelVerdict.InOrder, verdicts["volume"].Verdict);
        Assert.Equal(0.5, verdicts["volume"].FiresShare);
        Assert.Equal(1, verdicts["volume"].RankCorrelation, precision: 12);
    }

    [Fact]
    public void Sentinel_FewTrades_SaysNothing() =>
        Assert.All(
            ScoreSentinel.Of(Trades.Of(1m, -1m, 1m)),
            s => Assert.Equal(SentinelVerdict.CannotSay, s.Verdict));

    [Theory]
    [InlineData("LiquiditySweep", 2.99, "< 3.00")]
    [InlineData("LiquiditySweep", 3.0, "3.00–3.49")]
    [InlineData("OrderFlow", 5.5, "≥ 5.50")]
    [InlineData("ActionPrice", 2, "AP 1–2")]
    [InlineData("ActionPrice", 10, "AP ≥ 7")]
    public void Bucket_EachScale_HasItsOwn(string strategy, double score, string label) =>
        Assert.Equal(label, ScoreScale.Bucket(Trades.One(strategy: strategy, score: score))!.Value.Label);

    [Fact]
    public void Bucket_WithoutScore_IsNone() => Assert.Null(ScoreScale.Bucket(Trades.One(score: double.NaN)));
}
