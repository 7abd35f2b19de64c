using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Dashboard;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

[Collection(AzuriteCollection.Name)]
public sealed class ActionPriceLogTests(AzuriteServer azurite)
{
    private const long Day = 86_400_000;
    private const long Now = 400 * Day;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_OfANewReplica_HasWhatOthersHaveKeptAndWhatItKeepsItself()
    {
        var prefix = azurite.FreshName();
        using var store = await AzureStore.OpenBesideKernelAsync(azurite.Account, prefix, Cancel);   // makes the table
        var lines = new ActionPriceLines(azurite.Account, prefix);
        long[] ages = [0, 1, 2, 3, 90, 399];
        foreach (var age in ages) await lines.AddAsync(Line($"{age} days old", Now - (age * Day)), Cancel);
        var log = new ActionPriceLog(lines, keptDays: 365, new Files());

        await log.LoadAsync(Now, Cancel);
        Assert.Equal(ages.Select(age => $"{age} days old"), TextsOf(log, new("action-price", "information", null, null, 100)));

        var kept = new KeptEffects(new Nobody(), lines, log);
        await kept.CarryOutAsync(Line("now", Now + 1));
        await kept.CarryOutAsync(Line("now", Now + 1));   // it came twice
        await lines.AddAsync(Line("another's", Now + 2), Cancel);
        await log.LoadAsync(Now + 2, Cancel);

        Assert.Equal(["another's", "now", "0 days old"], TextsOf(log, new("action-price", "debug", null, Now, 100)));
        Assert.Equal(["90 days old"], TextsOf(log, new("action-price", "information", "90 DAYS", null, 100)));
        Assert.Equal(2, TextsOf(log, new("action-price", "information", null, null, 2)).Count());
        Assert.Empty(TextsOf(log, new("action-price", "warning", null, null, 100)));
        Assert.Equal(["of a file"], TextsOf(log, new("main", "warning", null, null, 100)));
    }

    private static IEnumerable<string> TextsOf(ActionPriceLog log, LogQuery query) => log.Read(query).Lines.Select(line => line.Text);

    private static StoredEffect Line(string text, long atMs) => new($"signal-{text}", "signal", Effects.ActionPriceLog, text, atMs);

    private sealed class Files : ILogSource
    {
        public LogPageView Read(LogQuery query) => new([new(Now, "warning", "", "of a file", null)], Complete: true, Unreadable: 0);
    }

    private sealed class Nobody : IEffectCarrier
    {
        public bool HasDone(StoredEffect effect) => false;

        public Task CarryOutAsync(StoredEffect effect) => Task.CompletedTask;
    }
}
