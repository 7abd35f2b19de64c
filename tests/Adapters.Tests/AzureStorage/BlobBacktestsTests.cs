using System.Text;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Engine.Backtesting;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

/// <summary>The shelf of backtests as whoever shows it finds it.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class BlobBacktestsTests(AzuriteServer azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_OfPartsPlansAndResults_SaysHowFarEachIs()
    {
        var began = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var shelf = new BlobBacktests(azurite.Account.Container(azurite.FreshName() + "-backtests"));
        await shelf.CreateAsync(Cancel);
        await PutAsync("backtest-a", ShelfFiles.Plan, "{}");
        await PutAsync("backtest-a", ShelfFiles.Parts + "00000.json", "12345");
        await PutAsync("backtest-b", ShelfFiles.Parts + "00000.json", "12345");
        await PutAsync("backtest-b", ShelfFiles.Parts + "00001.json", "12345");
        await PutAsync("backtest-b", ShelfFiles.Trades, "");
        await PutAsync("backtest-b", ShelfFiles.Summary, "{}");
        await shelf.WriteAsync("a-stray-file", new byte[3], Cancel);

        var found = (await shelf.ListAsync(10, Cancel)).ToDictionary(one => one.Id);
        var one = await shelf.ListAsync(1, Cancel);

        Assert.Equal(["backtest-a", "backtest-b"], found.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((1, false, true, 7L), Of("backtest-a"));
        Assert.Equal((2, true, false, 12L), Of("backtest-b"));
        Assert.Single(one);
        Assert.InRange(found["backtest-a"].ChangedMs, began - 1_000, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());

        (int Parts, bool IsMerged, bool HasPlan, long Bytes) Of(string id) => (found[id].Parts, found[id].IsMerged, found[id].HasPlan, found[id].Bytes);
        Task PutAsync(string id, string file, string text) => shelf.WriteAsync(ShelfFiles.Of(id, file), Encoding.UTF8.GetBytes(text), Cancel);
    }

    [Fact]
    public async Task List_OfAPlanThatIsComputedAnew_IsNotMergedUntilItsNewResultsAreThere()
    {
        var shelf = new BlobBacktests(azurite.Account.Container(azurite.FreshName() + "-backtests"));
        await shelf.CreateAsync(Cancel);
        await shelf.WriteAsync(ShelfFiles.Of("again", ShelfFiles.Summary), "{}"u8.ToArray(), Cancel);
        var old = Assert.Single(await shelf.ListAsync(10, Cancel));
        // Blobs know whole seconds, within which nobody can tell what came first: the part is of a later one.
        while (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() < old.ChangedMs + 1_000) await Task.Delay(50, Cancel);
        await shelf.WriteAsync(ShelfFiles.Of("again", ShelfFiles.Parts + "00000.json"), "{}"u8.ToArray(), Cancel);
        var anew = Assert.Single(await shelf.ListAsync(10, Cancel));
        await shelf.WriteAsync(ShelfFiles.Of("again", ShelfFiles.Summary), "{}"u8.ToArray(), Cancel);

        Assert.Equal((true, false), (old.IsMerged, anew.IsMerged));
        Assert.True(Assert.Single(await shelf.ListAsync(10, Cancel)).IsMerged);
    }
}
