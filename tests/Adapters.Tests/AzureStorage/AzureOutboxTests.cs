using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Tests.Telegram;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

[Collection(AzuriteCollection.Name)]
public sealed class AzureOutboxTests(AzuriteServer azurite) : OutboxContract
{
    private readonly string _prefix = azurite.FreshName();

    // Each is a process of its own over the network; all 32 are lived through with SQLite.
    public static TheoryData<int> Moments => [1, 6, 13, 22];

    [Theory, MemberData(nameof(Moments))]
    public Task StepAsync_KilledAtAnyMoment_LosesNothingKeepsTheOrderAndRepeatsAtMostOne(int moment) => AssertKilledAtAsync(moment);

    protected override async Task<IRunStore> OpenAsync() => await AzureStore.OpenAsync(azurite.Account, _prefix);
}
