using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Bench.Cost;
using FuturesBot.Engine.CloudCosts;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

/// <summary>The measured operations that costs are computed from are those that the code does today.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class CostedHourTests(AzuriteServer azurite)
{
    // Counts are the same on every machine; what decides may change a little without a new measurement.
    private const double Share = 0.10;
    private const double Few = 3;

    [Fact]
    public void Lease_AndPollsOfCommands_AreAsOftenAsTheDefaultsSay()
    {
        var (periodic, lease, commands, settings) = (MeasuredRun.Shipped().Periodic, new SidecarLeaseOptions(), new CommandReaderOptions(), new SidecarOptions());

        Assert.Equal(3600 / lease.RenewEvery.TotalSeconds, periodic.Single(one => one.Name == "lease").PerHour);
        Assert.Equal(3600 / commands.PollEvery.TotalSeconds, periodic.Single(one => one.Name == "looks for commands").PerHour);
        Assert.Equal((3600 / commands.SweepEvery.TotalSeconds) + 4, periodic.Single(one => one.Name == "looks into the command queue").PerHour);
        Assert.Equal(
            (lease.RenewEvery.TotalSeconds, commands.PollEvery.TotalSeconds, commands.SweepEvery.TotalSeconds),
            (settings.LeaseRenewSeconds, settings.CommandPollSeconds, settings.CommandSweepSeconds));
    }

    [Fact]
    public async Task FirstHour_CountedAgain_IsTheOneThatIsShipped()
    {
        var cancel = TestContext.Current.CancellationToken;
        Assert.NotNull(azurite.Account);   // skips without Azurite
        var shipped = MeasuredRun.Shipped().Sizes[0];
        using var system = await CostSystem.BeginAsync(azurite.Endpoints, azurite.FreshName(), shipped.Symbols, cancel);
        var closings = new List<MeasuredClosing>();

        for (var i = 0; i < 4; i++) closings.Add(await system.CloseAsync(cancel));

        var counted = CostOperations.FirstHour(closings);
        var differing = shipped.FirstHour.Keys.Union(counted.Keys).Order(StringComparer.Ordinal)
            .Select(name => (Name: name, Now: counted.GetValueOrDefault(name), Then: shipped.FirstHour.GetValueOrDefault(name)))
            .Where(one => Math.Abs(one.Now - one.Then) > Few + (Share * one.Then)).ToArray();
        Assert.True(
            differing.Length == 0,
            $"measure again (dotnet run --project bench -c Release -- cost …): {string.Join(", ", differing.Select(one => $"{one.Name} is {one.Now}, was {one.Then}"))}");
    }
}
