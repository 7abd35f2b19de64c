using FuturesBot.Engine.CloudCosts;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

public sealed class CostedLooksTests
{
    [Fact]
    public void LookEvery_OfTheSidecar_IsWhatIsCosted()
    {
        var settings = new SidecarSettings(new(), new() { Port = 0 }, State: "");

        Assert.Equal(3600 / settings.LookEvery.TotalSeconds, MeasuredRun.Shipped().Periodic.Single(one => one.Name == "watchdog").PerHour);
    }
}
