using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using Xunit;

namespace FuturesBot.Domain.Tests.Analysis;

public sealed class TradingHoursTests
{
    [Theory]
    [InlineData(0, 0.6)]
    [InlineData(7, 0.6)]
    [InlineData(8, 1.0)]
    [InlineData(19, 1.0)]
    [InlineData(20, 0.8)]
    [InlineData(23, 0.8)]
    public void VolumeFactor_HourOfTheOpenTime_IsThatOfTheSpecification(int hour, double factor)
    {
        var openTimeMs = (20_000 * TimeFrame.D1.Ms()) + (hour * TimeFrame.H1.Ms()) + (45 * TimeFrame.M1.Ms());

        Assert.Equal(hour, TradingHours.HourUtc(openTimeMs));
        Assert.Equal(factor, TradingHours.VolumeFactor(openTimeMs));
    }
}
