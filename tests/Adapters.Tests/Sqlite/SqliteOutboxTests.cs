using FuturesBot.Adapters.Sqlite;
using FuturesBot.Adapters.Tests.Telegram;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.Sqlite;

public sealed class SqliteOutboxTests : OutboxContract, IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<int> Moments => [.. Enumerable.Range(0, 32)];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Moments))]
    public Task StepAsync_KilledAtAnyMoment_LosesNothingKeepsTheOrderAndRepeatsAtMostOne(int moment) => AssertKilledAtAsync(moment);

    protected override Task<IRunStore> OpenAsync() => Task.FromResult<IRunStore>(SqliteStore.Open(_folder["store.db"]));
}
