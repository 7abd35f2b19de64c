using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;
using FeedCandle = FuturesBot.Engine.Running.FeedCandle;

namespace FuturesBot.Local.Tests;

/// <summary><c>futuresbot consume</c> as a process, over batches that the test publishes in a sidecar's place.</summary>
public sealed class ConsumeTests
{
    private const long Midnight = 1_768_003_200_000;   // 2026-01-10T00:00:00Z
    private static readonly TimeSpan EndMax = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Consume_StorageIsNotThere_ExitsWith2AndSaysWhatToStart()
    {
        using var folder = new TempFolder();
        using var bot = Bot.Start(folder.Path, new Dictionary<string, string> { ["STORAGE__BLOB_PORT"] = "9" }, "consume");

        var code = await bot.EndAsync(EndMax);

        Assert.True(code == 2, $"exit code {code}: {bot.Errors}");
        Assert.Contains("127.0.0.1:9", bot.Errors, StringComparison.Ordinal);
        Assert.Contains("./dev azurite", bot.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", bot.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("files", "--storage", "files")]
    [InlineData("absent.yaml", "--config", "absent.yaml")]
    [InlineData("--speed", "--speed", "60")]
    public async Task Consume_AskedForWhatItDoesNotKnow_ExitsWith2AndNamesIt(string named, string option, string value)
    {
        var run = await Commands.Cli.RunAsync("consume", option, value);

        Assert.Equal(2, run.Code);
        Assert.Contains(named, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consume_TerminatedAndStartedAgain_EndsWithinSecondsAndGoesOnWhereItStopped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM");
        using var folder = new TempFolder();
        await using var azurite = new AzuriteServer();
        await azurite.InitializeAsync();
        var account = azurite.Account;   // skips where there is none
        var settings = new Dictionary<string, string>
        {
            ["STORAGE__BLOB_PORT"] = $"{azurite.BlobPort}",
            ["STORAGE__QUEUE_PORT"] = $"{azurite.QueuePort}",
            ["STORAGE__TABLE_PORT"] = $"{azurite.TablePort}",
        };
        string first;
        using (var writer = await BeginAsync(account))
        using (var bot = Bot.Start(folder.Path, settings, "consume"))
        {
            await PublishAsync(writer, 1, 2);
            first = await TakenAsync(account, folder, bot, 2);
            await TerminateAsync(bot);
            await PublishAsync(writer, 3, 4);
        }

        using var again = Bot.Start(folder.Path, settings, "consume");
        var second = await TakenAsync(account, folder, again, 4);
        // With its storage away it ends as soon as it is asked to.
        azurite.Kill();
        await TerminateAsync(again);

        Assert.NotEqual(first, second);
        var log = LogOf(folder);
        Assert.Contains("state was read back", log, StringComparison.Ordinal);
        Assert.DoesNotContain("built anew", log, StringComparison.Ordinal);
    }

    private static string LogOf(TempFolder folder) => string.Concat(Directory.GetFiles(folder.In("logs"), "main-*.jsonl").Select(File.ReadAllText));

    private static async Task TerminateAsync(Bot bot)
    {
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        bot.Terminate();
        var code = await bot.EndAsync(EndMax);
        Assert.True(code == 0, $"exit code {code}: {bot.Errors}");
        var took = System.Diagnostics.Stopwatch.GetElapsedTime(began);
        Assert.True(took < TimeSpan.FromSeconds(10), $"took {took}");
    }

    private static async Task<ShardWriter> BeginAsync(StorageAccount account)
    {
        var log = new TableBatchLog(account);
        await log.CreateAsync(Cancel);
        await account.Queue(MarketNames.Events).CreateAsync(Cancel);
        var writer = await ShardWriter.TakeAsync(account, "futuresbot", "main", TimeProvider.System, NullLogger.Instance, cancel: Cancel);
        var identity = new RunIdentity("simulated", 0, "", Midnight, Midnight, Midnight);
        await writer.BeginAsync(new(identity, [new(Symbol.Btc, SymbolRules.FromTick(0.01m))]), Cancel);
        return writer;
    }

    private static async Task PublishAsync(ShardWriter writer, params int[] quarters)
    {
        foreach (var quarter in quarters)
        {
            var open = Midnight + ((quarter - 1) * TimeFrame.M15.Ms());
            var candle = new Candle(open, 100, 110, 99, 100 + quarter, 10, 1_000, 5, 100);
            await writer.PublishAsync(
                new MarketBatch
                {
                    Shard = "main",
                    Number = 0,
                    CloseMs = open + TimeFrame.M15.Ms(),
                    PublishedAtMs = open,
                    Candles = [new FeedCandle(new(Symbol.Btc, TimeFrame.M15), candle)],
                },
                Cancel);
        }
    }

    /// <summary>Waits until a batch is taken in; the ledger's hash there.</summary>
    private static async Task<string> TakenAsync(StorageAccount account, TempFolder folder, Bot bot, long number)
    {
        var beats = new TableBeats(account);
        await beats.CreateAsync(Cancel);
        for (var began = System.Diagnostics.Stopwatch.GetTimestamp(); System.Diagnostics.Stopwatch.GetElapsedTime(began) < EndMax; await Task.Delay(50, Cancel))
        {
            var taken = (await beats.ReadAsync(Cancel)).FirstOrDefault(beat => beat.Component == MarketEventsDesk.Component && beat.Number >= number);
            if (taken is not null) return taken.Note;
        }

        Assert.Fail($"Batch {number} was not taken in within {EndMax}: {bot.Errors}{LogOf(folder)}");
        return "";
    }
}
