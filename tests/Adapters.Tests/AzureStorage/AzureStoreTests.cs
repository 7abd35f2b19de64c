using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Adapters.Tests.Stores;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

[Collection(AzuriteCollection.Name)]
public sealed class AzureCandleStoreTests(AzuriteServer azurite) : CandleStoreContract, IAsyncLifetime
{
    private AzureStore? _store;

    protected override ICandleStore Candles => _store!;

    public async ValueTask InitializeAsync() => _store = await AzureStore.OpenAsync(azurite.Account, azurite.FreshName());

    public ValueTask DisposeAsync()
    {
        _store?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A follower that begins again reads the last few candles of thousands of series.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(16, 2)]
    [InlineData(97, 3)]
    [InlineData(400, 6)]
    public async Task Read_TheNewestFew_ReadsNoMoreRowsThanHoldThem(int newest, int rows)
    {
        var series = new SeriesInfo(Symbol.Btc, TimeFrame.M15);
        var stepMs = TimeFrame.M15.Ms();
        Candle[] twentyDays = [.. Enumerable.Range(0, 20 * 96).Select(i => new Candle(i * stepMs, 2, 3, 1, 2, 1, 2, 1, 1))];
        var (account, prefix) = (azurite.Account, azurite.FreshName());
        using (var writer = await AzureStore.OpenAsync(account, prefix)) await writer.AppendAsync(series, twentyDays);
        using var reader = await AzureStore.OpenAsync(account, prefix);   // which has kept nothing of what was written
        var before = account.Operations.Of(StorageService.Tables);

        var read = await reader.ReadAsync(series, long.MinValue, long.MaxValue, newest);

        Assert.Equal(twentyDays[^newest..], read);
        Assert.Equal(rows, account.Operations.Of(StorageService.Tables) - before);
    }
}

[Collection(AzuriteCollection.Name)]
public sealed class AzureCandleTimesTests(AzuriteServer azurite) : CandleTimesContract, IAsyncLifetime
{
    private AzureStore? _store;

    protected override ICandleStore Candles => _store!;

    protected override ICandleTimes Times => _store!;

    public async ValueTask InitializeAsync() => _store = await AzureStore.OpenAsync(azurite.Account, azurite.FreshName());

    public ValueTask DisposeAsync()
    {
        _store?.Dispose();
        return ValueTask.CompletedTask;
    }
}

[Collection(AzuriteCollection.Name)]
public sealed class AzureSignalStoreTests(AzuriteServer azurite) : SignalStoreContract, IAsyncLifetime
{
    private readonly string _prefix = azurite.FreshName();
    private AzureStore? _store;

    protected override ISignalStore Signals => _store!;

    protected override ICandleStore Candles => _store!;

    protected override int ManySteps => 25;

    public async ValueTask InitializeAsync() => _store = await AzureStore.OpenAsync(azurite.Account, _prefix);

    public ValueTask DisposeAsync()
    {
        _store?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Open_RecordThatWasNotWorkedIn_CompletesIt()
    {
        await Signals.CommitAsync(new() { Values = new Dictionary<string, string> { ["clock"] = "1" } });
        var state = azurite.Account.Table(_prefix + "state");
        var head = (await state.GetAsync("commits", "head"))!;
        // As a process leaves it that dies between the record and what follows from it.
        var record = new CommitRecord(
            2, [], [new("effect-1", "signal-1", "notify", "{}", 7)], [], [], new Dictionary<string, string> { ["clock"] = "2" });
        await state.TransactAsync([
            TableAction.Update(new TableRow("commits", "head") { ETag = head.ETag }.With("seq", 2L).With("applied", 1L)),
            TableAction.Insert(new TableRow("commits", "000000000000002").With("body", record.ToBytes())),
        ]);

        using var again = await AzureStore.OpenAsync(azurite.Account, _prefix);

        Assert.Equal("2", await again.LoadValueAsync("clock"));
        Assert.Equal("effect-1", Assert.Single(await again.LoadPendingEffectsAsync()).Id);
    }

    [Fact]
    public async Task Commit_AnotherWriterWasFaster_IsRefusedAndWritesNothing()
    {
        await Signals.CommitAsync(new() { Values = new Dictionary<string, string> { ["clock"] = "1" } });
        using var other = await AzureStore.OpenAsync(azurite.Account, _prefix);
        await other.CommitAsync(new() { Values = new Dictionary<string, string> { ["clock"] = "theirs" } });

        await Assert.ThrowsAsync<StoreConflictException>(
            () => Signals.CommitAsync(new() { Values = new Dictionary<string, string> { ["clock"] = "ours" } }));

        Assert.Equal("theirs", await Signals.LoadValueAsync("clock"));
    }
}
