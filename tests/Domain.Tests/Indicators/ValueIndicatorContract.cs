using FuturesBot.Domain.Indicators;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

/// <summary>The contract of indicators over plain values.</summary>
public abstract class ValueIndicatorContract<TOut> : IndicatorContract<double, TOut>
    where TOut : unmanaged
{
    private static readonly double[] Lively = [.. GoldenMarket.Bars(3_000).Select(b => b.Close)];
    private static readonly double[] Still = [.. Enumerable.Repeat(101.1, 1_000)];
    private static readonly double[] Dying = [.. Lively[..1_007], .. Still];

    protected override double[] Market => Lively;

    protected override double[] StillMarket => Still;

    protected override double[] MarketThatDies => Dying;

    [Fact]
    public void Update_UnavailableInput_IsUnavailableAndLeavesNoTrace()
    {
        var usual = Create();
        var disturbed = Create();
        for (var i = 0; i < 500; i++)
        {
            var expected = usual.Update(Lively[i]);
            foreach (var hole in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
                Assert.All(Fields(disturbed.Update(hole)), f => Assert.True(double.IsNaN(f)));
            Assert.Equal(expected, disturbed.Update(Lively[i]));
        }
    }
}
