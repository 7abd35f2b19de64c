using System.Reflection;
using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

/// <summary>What every indicator must keep; a class per indicator inherits it and names its cases.</summary>
public abstract class IndicatorContract<TIn, TOut>
    where TIn : unmanaged
    where TOut : unmanaged
{
    /// <summary>A fresh indicator with small or usual parameters.</summary>
    protected abstract IIndicator<TIn, TOut> Create();

    /// <summary>The same with one constructor parameter changed, by parameter name.</summary>
    protected virtual Dictionary<string, Func<IIndicator<TIn, TOut>>> Variants => [];

    /// <summary>Constructions that must be refused, with the parameter at fault and its value.</summary>
    protected virtual (string Parameter, object Value, Action Create)[] Invalid => [];

    /// <summary>At least 3,000 inputs of a lively market.</summary>
    protected abstract TIn[] Market { get; }

    /// <summary>A lively market that then stands still, without volume at last.</summary>
    protected abstract TIn[] MarketThatDies { get; }

    /// <summary>A market that never moves.</summary>
    protected abstract TIn[] StillMarket { get; }

    [Fact]
    public void Update_WarmUp_FirstCompleteValueIsAtWarmupBars()
    {
        var indicator = Create();
        var values = indicator.Over(Market);

        var first = Array.FindIndex(values, IsComplete);

        Assert.Equal(indicator.WarmupBars, first + 1);
    }

    [Fact]
    public void Update_AfterWarmUp_EveryFieldStaysFinite()
    {
        var indicator = Create();
        var values = indicator.Over(Market);

        Assert.All(values.Skip(indicator.WarmupBars - 1), v => Assert.True(IsComplete(v), $"{v}"));
    }

    [Fact]
    public void Over_Batch_IsTheStream()
    {
        var batch = Create().Over(Market);
        var stream = Create();

        for (var i = 0; i < batch.Length; i++) AssertSame(batch[i], stream.Update(Market[i]), $"input {i}");
    }

    [Fact]
    public void Carry_CutAnywhere_GoesOnBitIdentically()
    {
        var market = Market.AsSpan(0, 800).ToArray();
        var uncut = Create();
        var whole = uncut.Over(market);
        var end = StateSaver.Save(uncut);
        var warmup = uncut.WarmupBars;
        int[] cuts =
            [0, 1, 2, warmup - 1, warmup, warmup + 1, .. Enumerable.Range(0, 30).Select(i => 11 + (i * 23))];

        foreach (var cut in cuts.Distinct().Where(c => c < market.Length))
        {
            var first = Create();
            for (var i = 0; i < cut; i++) first.Update(market[i]);
            var saved = StateSaver.Save(first);
            var second = Create();
            StateRestorer.Restore(second, saved);
            Assert.Equal(saved, StateSaver.Save(second));
            for (var i = cut; i < market.Length; i++)
                AssertSame(whole[i], second.Update(market[i]), $"cut {cut}, input {i}");
            Assert.Equal(end, StateSaver.Save(second));   // to the bit
        }
    }

    [Fact]
    public void Update_TenThousandTimes_AllocatesNothing()
    {
        var market = Market;
        var indicator = Create();
        for (var i = 0; i < market.Length; i++) indicator.Update(market[i]);

        // A collection that another test causes closes this thread's allocation block, whose rest then counts
        // as allocated. That happens now and then; an allocation by the indicator happens every time.
        var least = Enumerable.Range(0, 5).Min(_ => AllocatedBy(indicator, market));

        Assert.Equal(0, least);
    }

    [Fact]
    public void Update_StillMarket_GivesNoInfinity() =>
        Assert.All(
            Create().Over(StillMarket), v => Assert.All(Fields(v), f => Assert.False(double.IsInfinity(f))));

    [Fact]
    public void Update_MarketThatDies_ComesToTheValueOfAStillOne()
    {
        var dead = Create().Over(MarketThatDies);

        Assert.All(dead, v => Assert.All(Fields(v), f => Assert.False(double.IsInfinity(f), $"{v}")));
        AssertDead(dead);
    }

    [Fact]
    public void Constructor_EachParameter_ChangesTheOutput()
    {
        var usual = Create().Over(Market);

        foreach (var (parameter, create) in Variants)
        {
            var other = create().Over(Market);
            Assert.False(usual.SequenceEqual(other), $"{parameter} changed nothing");
        }
    }

    [Fact]
    public void Constructor_EachParameter_HasAVariantAndAnInvalidCase()
    {
        var parameters = Create().GetType().GetConstructors(BindingFlags.Public | BindingFlags.Instance)
            .Single().GetParameters().Select(p => p.Name!).Order().ToArray();

        Assert.Equal(parameters, Variants.Keys.Order());
        Assert.Equal(parameters.Except(AnyValueAllowed), Invalid.Select(i => i.Parameter).Distinct().Order());
    }

    [Fact]
    public void Constructor_InvalidParameter_IsNamedWithItsValue()
    {
        foreach (var (parameter, value, create) in Invalid)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(create);
            Assert.Equal(parameter, error.ParamName);
            Assert.Equal(value, error.ActualValue);
            Assert.Contains(parameter, error.Message, StringComparison.Ordinal);
        }
    }

    /// <summary>Parameters of which every value is allowed.</summary>
    protected virtual string[] AnyValueAllowed => [];

    /// <summary>What must hold once the market stood still for long; the least is "no infinity".</summary>
    protected virtual void AssertDead(TOut[] values)
    {
    }

    /// <summary>Every number of a value, those of values inside it included.</summary>
    protected static double[] Fields(TOut value) => [.. Numbers(value)];

    private static IEnumerable<double> Numbers(object value) => value switch
    {
        double number => [number],
        long or bool => [],
        _ => value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(p => Numbers(p.GetValue(value)!)),
    };

    private static long AllocatedBy(IIndicator<TIn, TOut> indicator, TIn[] market)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) indicator.Update(market[i % market.Length]);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static bool IsComplete(TOut value) => Fields(value).All(double.IsFinite);

    private static void AssertSame(TOut expected, TOut actual, string where) =>
        Assert.True(expected.Equals(actual), $"{where}: {expected} became {actual}");   // NaN equals NaN
}
