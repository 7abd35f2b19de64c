using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Adapters.Tests.AzureStorage;

[Collection(AzuriteCollection.Name)]
public sealed class ActionPriceLinesTests(AzuriteServer azurite)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Add_LinesOfTwoProcesses_AreKeptOnceInOrderOfTimeUntilTheyAreForgotten()
    {
        var prefix = azurite.FreshName();
        using var store = await AzureStore.OpenAsync(azurite.Account, prefix, Cancel);   // makes the table
        var (first, second) = (new ActionPriceLines(azurite.Account, prefix), new ActionPriceLines(azurite.Account, prefix));
        await first.AddAsync(Line("b", 2_000), Cancel);
        await second.AddAsync(Line("b", 2_000), Cancel);   // a replica that does not know that it was done
        await second.AddAsync(Line("a", 1_000), Cancel);
        await second.AddAsync(Line("c", 3_000), Cancel);

        Assert.Equal(["""{"line":"a"}""", """{"line":"b"}""", """{"line":"c"}"""], await ReadAsync(first));
        Assert.Equal(1, await first.ForgetAsync(2_000, Cancel));
        Assert.Equal(["""{"line":"b"}""", """{"line":"c"}"""], await ReadAsync(first));
    }

    private static FuturesBot.Engine.Ports.StoredEffect Line(string id, long atMs) =>
        new($"signal/1-{id}", "signal/1", Effects.ActionPriceLog, $$"""{"line":"{{id}}"}""", atMs);

    private static async Task<List<string>> ReadAsync(ActionPriceLines lines)
    {
        var found = new List<string>();
        await foreach (var line in lines.ReadAsync(0, 10_000, Cancel)) found.Add(line.Text);
        return found;
    }
}
