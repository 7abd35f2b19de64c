using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

/// <summary>Two processes on the same candles: whoever begins to use what the other has written reads anew first.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class TwoStoresTests(AzuriteServer azurite)
{
    private const long Day = 86_400_000;
    private static readonly SeriesInfo Series = new(Symbol.Btc, TimeFrame.M15);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RefreshAsync_WrittenByAnotherSinceItWasOpened_IsRead()
    {
        var name = azurite.FreshName();
        using var reader = await AzureStore.OpenAsync(azurite.Account, name, Cancel);
        using var writer = await AzureStore.OpenAsync(azurite.Account, name, Cancel);
        await writer.AppendAsync(Series, Bars(0, 300), Cancel);

        await reader.RefreshAsync(Cancel);

        Assert.Equal(Bars(0, 300), await reader.ReadAsync(Series, 0, long.MaxValue, cancel: Cancel));
    }

    [Fact]
    public async Task RefreshAsync_BeforeTakingOver_LosesNothingOfTheOneBefore()
    {
        var name = azurite.FreshName();
        using var second = await AzureStore.OpenAsync(azurite.Account, name, Cancel);
        using var first = await AzureStore.OpenAsync(azurite.Account, name, Cancel);
        await second.AppendAsync(Series, Bars(200, 10), Cancel);
        await first.RefreshAsync(Cancel);
        await first.AppendAsync(Series, Bars(0, 290), Cancel);   // the bucket that the second keeps, and days before and after it

        await second.RefreshAsync(Cancel);
        await second.AppendAsync(Series, Bars(290, 200), Cancel);

        using var later = await AzureStore.OpenAsync(azurite.Account, name, Cancel);
        Assert.Equal(Bars(0, 490), await later.ReadAsync(Series, 0, long.MaxValue, cancel: Cancel));
    }

    [Fact]
    public async Task OpenBesideKernelAsync_ACommitUnderWay_IsLeftToItsKernelAndCandlesAreWritten()
    {
        var name = azurite.FreshName();
        using (var kernel = await AzureStore.OpenAsync(azurite.Account, name, Cancel))
            await kernel.CommitAsync(new() { Values = new Dictionary<string, string> { ["one"] = "1" } }, Cancel);
        var state = azurite.Account.Table(name + "state");
        var head = (await state.GetAsync("commits", "head", Cancel))!;
        await state.ApplyAsync(TableAction.Update(head.With("applied", 0L)), Cancel);   // decided, and not worked in yet

        using (var beside = await AzureStore.OpenBesideKernelAsync(azurite.Account, name, Cancel))
        {
            Assert.Null(await beside.CommitMarkAsync(Cancel));
            await beside.CommitAsync(new() { Candles = [new(Series, Bars(0, 10))] }, Cancel);
            await Assert.ThrowsAsync<InvalidOperationException>(
                () => beside.CommitAsync(new() { Values = new Dictionary<string, string> { ["two"] = "2" } }, Cancel));
            await beside.AppendAsync(Series, Bars(10, 10), Cancel);
        }

        Assert.Equal(0, (await state.GetAsync("commits", "head", Cancel))!.Long("applied"));
        using var again = await AzureStore.OpenAsync(azurite.Account, name, Cancel);
        Assert.Equal("1", await again.CommitMarkAsync(Cancel));
        Assert.Equal(("1", null), (await again.LoadValueAsync("one", Cancel), await again.LoadValueAsync("two", Cancel)));
        Assert.Equal(Bars(0, 20), await again.ReadAsync(Series, 0, long.MaxValue, cancel: Cancel));
    }

    [Theory]
    [InlineData("values")]
    [InlineData("snapshots")]
    [InlineData("signals")]
    public async Task CommitAsync_HeldUpWhileAnotherCompletesItAndGoesOn_TakesNothingBack(string at)
    {
        var name = azurite.FreshName();
        var faults = new StorageFaults();
        using var slow = await AzureStore.OpenAsync(faults.Of(azurite.Account), name, Cancel);
        await slow.CommitAsync(Commit(1), Cancel);
        var held = faults.Hold(request => StorageFaults.Changes(request, at));
        var late = slow.CommitAsync(Commit(2), Cancel);
        await held.Arrived;

        using (var quick = await AzureStore.OpenAsync(azurite.Account, name, Cancel))   // takes it for dead, and completes it
        {
            Assert.Equal("2", await quick.LoadValueAsync("number", Cancel));
            await quick.CommitAsync(Commit(3), Cancel);
        }

        held.LetGo();
        await Assert.ThrowsAsync<StoreConflictException>(() => late);

        using var now = await AzureStore.OpenAsync(azurite.Account, name, Cancel);
        Assert.Equal("3", await now.LoadValueAsync("number", Cancel));
        var (small, large) = (await now.LoadSnapshotAsync("small", Cancel), await now.LoadSnapshotAsync("large", Cancel));
        Assert.Equal((3, 3), (small!.Bytes.Span[0], large!.Bytes.Span[0]));
        Assert.Equal(3, (await now.FindAsync("s1", Cancel))!.Version);
    }

    [Fact]
    public async Task CommitAsync_AnotherWasQuicker_LosesWithoutATraceAndGoesOnFromThere()
    {
        var name = azurite.FreshName();
        using var one = await AzureStore.OpenAsync(azurite.Account, name, Cancel);
        await one.CommitAsync(Commit(1), Cancel);
        using var other = await AzureStore.OpenAsync(azurite.Account, name, Cancel);
        await other.CommitAsync(Commit(2), Cancel);

        await Assert.ThrowsAsync<StoreConflictException>(() => one.CommitAsync(Commit(9) with { Signals = [] }, Cancel));

        Assert.Equal(2, (await other.LoadSnapshotAsync("large", Cancel))!.Bytes.Span[0]);
        Assert.Equal("2", await one.LoadValueAsync("number", Cancel));
        await one.CommitAsync(Commit(3), Cancel);   // a process that lives goes on: it reads first who was quicker
        await Assert.ThrowsAsync<StoreConflictException>(() => other.CommitAsync(Commit(4) with { Signals = [] }, Cancel));
        await other.CommitAsync(Commit(4), Cancel);
        await other.ForgetAsync(new(), GeneratedFeed.StartMs, Cancel);

        using var now = await AzureStore.OpenAsync(azurite.Account, name, Cancel);
        Assert.Equal(("4", 4), (await now.LoadValueAsync("number", Cancel), (await now.LoadSnapshotAsync("large", Cancel))!.Bytes.Span[0]));
        var blobs = new List<string>();
        await foreach (var blob in azurite.Account.Container(name + "-kernel").ListAsync("large/", cancel: Cancel)) blobs.Add(blob.Name);
        Assert.StartsWith("large/000000000000004-", Assert.Single(blobs), StringComparison.Ordinal);   // what lost is swept out
    }

    private static StateChange Commit(byte number) => new()
    {
        Values = new Dictionary<string, string> { ["number"] = $"{number}" },
        Snapshots = [new("small", 1, 0, new byte[] { number }), new("large", 1, 0, Enumerable.Repeat(number, 200_000).ToArray())],
        Signals = [new("s1", Symbol.Btc, "ActionPrice", number, $"{number}", GeneratedFeed.StartMs, null)],
    };

    private static Candle[] Bars(int from, int count) =>
    [
        .. Enumerable.Range(from, count).Select(i =>
            new Candle((GeneratedFeed.StartMs / Day * Day) + (i * TimeFrame.M15.Ms()), 100 + i, 101 + i, 99 + i, 100 + i, 5, 500, 2, 7)),
    ];
}
