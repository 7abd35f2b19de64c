using FuturesBot.Domain.Indicators;
using Xunit;

namespace FuturesBot.Domain.Tests.Indicators;

public sealed class CoverageTests
{
    [Fact]
    public void EveryIndicator_HasATestThatInheritsTheContract()
    {
        var indicators = typeof(Ema).Assembly.GetTypes()
            .Where(t => t.Namespace == typeof(Ema).Namespace && !t.IsInterface)
            .Where(t => Implements(t, typeof(IIndicator<,>)));
        var tests = typeof(CoverageTests).Assembly.GetTypes()
            .Where(t => !t.IsAbstract && Inherits(t, typeof(IndicatorContract<,>)))
            .Select(t => t.Name).ToHashSet();

        Assert.DoesNotContain(indicators.Select(t => t.Name + "Tests"), name => !tests.Contains(name));
    }

    private static bool Implements(Type type, Type contract) =>
        type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == contract);

    private static bool Inherits(Type? type, Type contract)
    {
        for (; type is not null; type = type.BaseType)
            if (type.IsGenericType && type.GetGenericTypeDefinition() == contract) return true;
        return false;
    }
}
