using FuturesBot.Adapters.Binance;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance;

public sealed class BudgetUseTests : IDisposable
{
    private readonly ManualTime _time = new(new(2026, 11, 1, 12, 0, 10, TimeSpan.Zero));
    private readonly RequestBudget _budget;

    public BudgetUseTests() => _budget = new(new(), _time, new BanNotes(), new AlertNotes(), new LogNotes().CreateLogger<RequestBudget>());

    public void Dispose() => _budget.Dispose();

    [Fact]
    public async Task Use_OwnWeight_IsAPartOfOurShare()
    {
        await SpendAsync(weight: 660, headers: 660);
        Assert.Equal(0.5, new BudgetUse(_budget).Use);
    }

    [Fact]
    public async Task Use_NeighboursBehindTheAddress_Count()
    {
        await SpendAsync(weight: 1, headers: 2_160);
        Assert.Equal(0.9, new BudgetUse(_budget).Use);
    }

    [Fact]
    public async Task Use_ExchangeMakesEverybodyWait_IsAll()
    {
        await SpendAsync(weight: 1, headers: 1);
        _budget.Limited(TimeSpan.FromSeconds(5));
        Assert.Equal(1, new BudgetUse(_budget).Use);
    }

    private async Task SpendAsync(int weight, int headers)
    {
        using var lease = await _budget.EnterAsync(new(weight), RequestLane.MarketData);
        lease.Answered(new(UsedWeight: headers));
    }
}
