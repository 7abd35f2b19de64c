using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Strategies;
using Xunit;

namespace FuturesBot.Domain.Tests.Reporting;

public sealed class WordingTests
{
    private static readonly Wording Russian = new(ChatLanguage.Russian, MessageSamples.Kyiv);
    private static readonly Wording English = new(ChatLanguage.English, MessageSamples.Kyiv);

    [Theory]
    [InlineData(0, "0 сделок")]
    [InlineData(1, "1 сделка")]
    [InlineData(2, "2 сделки")]
    [InlineData(4, "4 сделки")]
    [InlineData(5, "5 сделок")]
    [InlineData(11, "11 сделок")]
    [InlineData(12, "12 сделок")]
    [InlineData(14, "14 сделок")]
    [InlineData(21, "21 сделка")]
    [InlineData(22, "22 сделки")]
    [InlineData(25, "25 сделок")]
    [InlineData(101, "101 сделка")]
    [InlineData(111, "111 сделок")]
    [InlineData(1222, "1222 сделки")]
    public void Count_InRussian_TakesTheRightForm(long count, string expected) => Assert.Equal(expected, Russian.Count(count, Noun.Trade));

    [Theory]
    [InlineData(0, "0 trades")]
    [InlineData(1, "1 trade")]
    [InlineData(21, "21 trades")]
    public void Count_InEnglish_TakesTheRightForm(long count, string expected) => Assert.Equal(expected, English.Count(count, Noun.Trade));

    [Theory]
    [InlineData(0.375, "+0.38R")]
    [InlineData(-1.094, "−1.09R")]
    [InlineData(0, "0.00R")]
    [InlineData(-0.004, "0.00R")]
    [InlineData(double.NaN, "—")]
    [InlineData(double.PositiveInfinity, "—")]
    public void R_OfAnyValue_IsSignedWithATrueMinus(double value, string expected) => Assert.Equal(expected, Wording.R(value));

    [Theory]
    [InlineData("0.0000001", "0.0000012", "0.0000012")]
    [InlineData("0.1", "111284.3", "111284.3")]
    [InlineData("0.01", "111284.3", "111284.30")]
    [InlineData("1", "111284.3", "111284")]
    public void Price_OfAnyTick_HasItsDecimalsAndNoSeparators(string tick, string price, string expected) =>
        Assert.Equal(expected, Wording.Price(decimal.Parse(price), SymbolRules.FromTick(decimal.Parse(tick))));

    [Theory]
    [InlineData(0, "0 с")]
    [InlineData(59_999, "59 с")]
    [InlineData(60_000, "1 мин")]
    [InlineData(3_600_000, "1 ч")]
    [InlineData(11_700_000, "3 ч 15 мин")]
    [InlineData(86_400_000, "1 д")]
    [InlineData(100_800_000, "1 д 4 ч")]
    public void Span_OfAnyLength_ReadsAtAGlance(long ms, string expected) => Assert.Equal(expected, Russian.Span(ms));

    [Fact]
    public void Moment_InTheReadersZone_IsTheirs()
    {
        const long noonUtc = 1_795_176_000_000;   // 2026-11-20T12:00:00Z

        Assert.Equal("20.11 14:00", Russian.Moment(noonUtc));
        Assert.Equal("пятница 20.11", Russian.Weekday(noonUtc));
        Assert.Equal("Friday 20.11", English.Weekday(noonUtc));
    }

    [Fact]
    public void Text_CutInsideAPair_KeepsWholeLetters() => Assert.Equal("ab…", Wording.Text("ab😀cd", 3));

    [Fact]
    public void Refusal_OfEveryKind_HasItsOwnWords()
    {
        var all = Enum.GetValues<Refusal>();

        Assert.Equal(all.Length, all.Select(Russian.Refusal).Distinct().Count());
        Assert.Equal(all.Length, all.Select(English.Refusal).Distinct().Count());
    }

    [Fact]
    public void Strategy_OfTheWholeCatalog_HasWords()
    {
        foreach (var name in StrategyCatalog.Names.Where(name => name != ActionPrice.CatalogName))
            Assert.NotEqual(name, Russian.Strategy(name));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(0)]
    public void Record_BelowTenTrades_ShowsNoRate(int n)
    {
        var statistics = MessageSamples.Statistics(n, n / 2, 0, 0.5, -1, 2, 1.4);

        Assert.DoesNotContain("%", Russian.Record(new(90, statistics)), StringComparison.Ordinal);
        Assert.DoesNotContain(Russian.Panel(statistics), line => line.Contains('%', StringComparison.Ordinal));
    }

    [Fact]
    public void Record_FromTenTradesOn_ShowsRateCountIntervalAndNet() => Assert.Equal(
        "За 90 дней так: 49 сделок, в среднем <b>+0.38R</b> [+0.13 … +0.66], в плюс 47 % [34\u2060–\u206061]",
        Russian.Record(new(90, MessageSamples.Statistics(49, 23, 8, 0.38, 0.13, 0.66, 1.62))));
}
