using FuturesBot.Domain.Market;
using FuturesBot.TestKit;

namespace FuturesBot.Domain.Tests.Indicators;

/// <summary>The contract of indicators over candles.</summary>
public abstract class BarIndicatorContract<TOut> : IndicatorContract<Candle, TOut>
    where TOut : unmanaged
{
    private static readonly Candle[] Lively = GoldenMarket.Bars(3_000);
    private static readonly Candle[] Still =
        [.. Enumerable.Range(0, 1_000).Select(i => StillBar(i, volume: 7))];
    private static readonly Candle[] Dying =
        [.. Lively[..1_007], .. Enumerable.Range(1_007, 993).Select(i => StillBar(i, volume: 0))];

    protected override Candle[] Market => Lively;

    protected override Candle[] StillMarket => Still;

    protected override Candle[] MarketThatDies => Dying;

    private static Candle StillBar(int index, double volume) =>
        new(index * TimeFrame.M15.Ms(), 101.1, 101.1, 101.1, 101.1, volume, TakerBuyVolume: volume / 2);
}
