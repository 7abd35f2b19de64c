using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Domain.Tests.Kernel;

/// <summary>How many bars went before must not matter once there are enough of them (spec 2.17, 1.10 #16).</summary>
public sealed class WarmupTests
{
    private const int Decided = 1_500;
    private const double DriftMax = 1e-4;

    [Theory]
    [InlineData(1_300)]
    [InlineData(1_600)]
    [InlineData(2_000)]
    public void Studies_AfterOtherWarmups_DriftByLessThanOneInTenThousand(int warmup)
    {
        var reference = After(1_200);
        var other = After(warmup);

        Assert.Equal(Decided, reference.Studies.Count);
        for (var i = 0; i < Decided; i++)
        {
            var (ema, atr) = reference.Studies[i];
            Assert.InRange(other.Studies[i].Ema200 / ema, 1 - DriftMax, 1 + DriftMax);
            Assert.InRange(other.Studies[i].Atr / atr, 1 - DriftMax, 1 + DriftMax);
        }
    }

    [Theory]
    [InlineData(1_300)]
    [InlineData(1_600)]
    [InlineData(2_000)]
    public void ActionPrice_AfterOtherWarmups_FiresTheSame(int warmup)
    {
        var reference = After(1_200).Fired;

        Assert.True(reference.Count >= 10, $"{reference.Count} patterns are too few to prove anything");
        Assert.Equal(reference, After(warmup).Fired);
    }

    [Fact]
    public void ActionPrice_WithTooFewBars_IsUnripeAndDoesNotFire()
    {
        var young = After(600);

        // The same bars: what the ripe run found within the first 600 of them, the young one only nearly finds.
        var early = KernelMarket.Feed.Bars(1, TimeFrame.M15)[2_000 + 600].OpenTimeMs;
        Assert.Contains(After(1_200).Fired, fired => fired.AtMs < early);
        Assert.DoesNotContain(young.Fired, fired => fired.AtMs < early);
        Assert.Contains(young.Fired, fired => fired.AtMs > early);
    }

    /// <summary>Lives through so many bars, then writes down the next ones. The bars decided are the same ones for every warm-up.</summary>
    private static (List<(double Ema200, double Atr)> Studies, List<(long AtMs, string What)> Fired) After(int warmup)
    {
        const int first = 2_000;
        var listing = KernelMarket.Feed.Listings[1];
        var options = KernelOptions.Default with { Analysis = KernelMarket.Options.Analysis };
        var transcript = new Transcript();
        var run = new KernelRun(options, [listing], transcript, strategies: [new ActionPrice(new())]);
        var studies = new List<(double, double)>();
        var bars = KernelMarket.Feed.Bars(1, TimeFrame.M15);
        for (var i = first - warmup; i < first + Decided; i++)
        {
            run.Feed(new(bars[i].CloseTimeMs(TimeFrame.M15), [new(0, TimeFrame.M15, bars[i])]));
            if (i < first) continue;
            var now = run.Pipeline.Desks[0].View.M15.Now;
            studies.Add((now.Ema200, now.Atr));
        }

        var from = bars[first].CloseTimeMs(TimeFrame.M15);
        return (
            studies,
            [.. transcript.Verdicts
                .Where(verdict => verdict.AtMs >= from)
                .Select(verdict => (verdict.AtMs, $"{verdict.Kind.Side} {verdict.Verdict!.Ranked.Setup.Variant} {verdict.Verdict.Ranked.Score.Total}"))]);
    }
}
