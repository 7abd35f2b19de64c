using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

/// <summary>What is shared must be what the single classes say, warm-up and stillness included.</summary>
public sealed class CoreStudiesTests : BarIndicatorContract<CoreReading>
{
    [Fact]
    public void Update_LivelyMarket_IsBitIdenticalToTheClasses() => AssertIdentical(Market);

    [Fact]
    public void Update_MarketThatDies_IsBitIdenticalToTheClasses() => AssertIdentical(MarketThatDies);

    [Fact]
    public void Update_StillMarket_IsBitIdenticalToTheClasses() => AssertIdentical(StillMarket);

    protected override IIndicator<Candle, CoreReading> Create() => new CoreStudies();

    private static void AssertIdentical(Candle[] bars)
    {
        var closes = bars.Select(b => b.Close).ToArray();
        var studies = new CoreStudies().Over(bars);

        Same(new Ema(200).Over(closes), studies, s => s.Ema200);
        Same(new Rsi(14).Over(closes), studies, s => s.Rsi14);
        Same(new Macd(12, 26, 9).Over(closes), studies, s => s.Macd);
        Same(new Atr(14).Over(bars), studies, s => s.Atr14);
        Same(new Adx(14).Over(bars), studies, s => s.Adx14);
        Same(new Bollinger(20, 2).Over(closes), studies, s => s.Bollinger20);
        Same(new Donchian(20).Over(bars), studies, s => s.Donchian20);
        Same(new Vwma(20).Over(bars), studies, s => s.Vwma20);
        Same(new StdDev(20).Over(closes), studies, s => s.StdDev20);
    }

    private static void Same<T>(T[] expected, CoreReading[] studies, Func<CoreReading, T> value)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var actual = value(studies[i]);
            Assert.True(Equals(expected[i], actual), $"bar {i}: {expected[i]} became {actual}");
        }
    }
}
