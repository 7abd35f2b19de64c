using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using FeedCandle = FuturesBot.Engine.Running.FeedCandle;

namespace FuturesBot.Sidecar.Tests;

/// <summary>What one hand publishes, and what two do that both think they hold the market.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class MarketHandTests(AzuriteServer azurite)
{
    private static readonly long Quarter = TimeFrame.M15.Ms();
    private static readonly Symbol[] Symbols = [Symbol.Btc, Symbol.Parse("ETHUSDT"), Symbol.Parse("SOLUSDT")];

    private readonly StorageFaults _faults = new();
    private readonly HashSet<Symbol> _known = [.. Symbols];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_KilledBetweenTransactionAndQueue_IsGoneOnWithByTheNextWithNothingTwice()
    {
        var (prefix, queue) = Names();
        var old = await HandAsync(prefix, queue, _faults.Of(azurite.Account, retries: 0));
        await old.PublishAsync(Closed(1), Cancel);
        var held = _faults.Hold(StorageFaults.IsMessage);
        using var kill = new CancellationTokenSource();
        var dying = old.PublishAsync(Closed(2), kill.Token);
        await held.Arrived;
        await kill.CancelAsync();
        await ((Task)dying).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        var young = await HandAsync(prefix, queue, azurite.Account);
        await young.Writer.ResendAsync(Cancel);
        Assert.Empty(await young.PublishAsync(Closed(2), Cancel));
        await young.PublishAsync(Closed(3), Cancel);

        await AssertEachOnceAsync(prefix, queue, closings: 3);
    }

    [Fact]
    public async Task Publish_ByTwoWithLeasesThatOverlap_IsOnlyTheYoungersAndNothingTwice()
    {
        var (prefix, queue) = Names();
        var old = await HandAsync(prefix, queue, _faults.Of(azurite.Account));
        await old.PublishAsync(Closed(1), Cancel);
        var held = _faults.Hold(StorageFaults.IsTransaction);
        var late = old.PublishAsync(Closed(2), Cancel);
        await held.Arrived;

        var young = await HandAsync(prefix, queue, azurite.Account);
        await young.Writer.ResendAsync(Cancel);
        var second = Assert.Single(await young.PublishAsync(Closed(2), Cancel));
        held.LetGo();
        await Assert.ThrowsAsync<ShardLostException>(() => late);
        await Assert.ThrowsAsync<ShardLostException>(() => old.TellAsync(batch => batch, Cancel));
        await young.PublishAsync(Closed(3), Cancel);

        Assert.Equal(2, second.Epoch);
        await AssertEachOnceAsync(prefix, queue, closings: 3);
    }

    [Fact]
    public async Task Publish_ACandleOfASymbolThatHasLeft_IsLeftOut()
    {
        var (prefix, queue) = Names();
        var hand = await HandAsync(prefix, queue, azurite.Account);
        _known.Remove(Symbols[2]);

        var batch = Assert.Single(await hand.PublishAsync(Closed(1), Cancel));

        Assert.Equal(Symbols[..2], batch.Candles.Select(one => one.Series.Symbol));
    }

    [Fact]
    public async Task Publish_WhatWasAnsweredMeanwhile_GoesWithTheNextClosingTimeOnce()
    {
        var (prefix, queue) = Names();
        var hand = await HandAsync(prefix, queue, azurite.Account);
        Assert.True(hand.TryAdd(new("watch", CommandOutcome.Done, "1 levels are watched", 0)));

        var first = Assert.Single(await hand.PublishAsync(Closed(1), Cancel));
        var second = Assert.Single(await hand.PublishAsync(Closed(2), Cancel));
        for (var i = 0; i < 100; i++) hand.TryAdd(new($"{i}", CommandOutcome.Done, "", 0));

        Assert.Equal("watch", Assert.Single(first.Answers).CommandId);
        Assert.Empty(second.Answers);
        Assert.False(hand.TryAdd(new("one too many", CommandOutcome.Done, "", 0)));
    }

    private async Task AssertEachOnceAsync(string prefix, string queue, int closings)
    {
        var batches = await Published.ReadAsync(azurite.Account, prefix);
        Published.AssertEachOnce(batches, Symbols.Length);
        Assert.Equal(Enumerable.Range(1, closings).Select(quarter => Quarter * quarter), batches.Select(batch => batch.CloseMs));
        var sent = await azurite.Account.Queue(queue).ReceiveAsync(32, TimeSpan.FromSeconds(60), Cancel);
        Assert.Equal(Enumerable.Range(1, closings).Select(number => (long)number), sent.Select(one => ShardJson.ReadBatch(one.Body.Span).Number).Distinct().Order());
    }

    private (string Prefix, string Queue) Names()
    {
        _ = azurite.Account;   // skips the test where Azurite is not there
        var name = azurite.FreshName();
        return (name, $"events-{name}");
    }

    private async Task<MarketHand> HandAsync(string prefix, string queue, StorageAccount account)
    {
        var time = new ManualTime();
        var writer = await ShardWriter.TakeAsync(account, prefix, "main", time, NullLogger.Instance, queue, Cancel);
        return new(
            writer, new TableBatchLog(account, prefix), "main", () => _known, () => new HashSet<Symbol>(), new(NullLogger.Instance, TimeProvider.System), time);
    }

    private static ClosedTime Closed(int quarter) => new(
        Quarter * quarter,
        [.. Symbols.Select(symbol => new FeedCandle(new(symbol, TimeFrame.M15), new(Quarter * (quarter - 1), 1, 2, 0.5, 1.5, 10, 15, 5, 3)))],
        [], IsStored: true);
}
