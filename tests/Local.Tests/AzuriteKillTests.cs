using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Sqlite;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Dashboard.Running;
using FuturesBot.Engine.Ports;
using FuturesBot.Local.Running;
using Xunit;

namespace FuturesBot.Local.Tests;

/// <summary>
/// The run over Azure Storage is killed (SIGKILL), and Azurite under it too, and both are started again: what they leave behind is what a
/// run on SQLite leaves behind that nobody disturbed.
/// </summary>
public sealed class AzuriteKillTests
{
    private const string Prefix = "killed";
    private static readonly TimeSpan EndMax = TimeSpan.FromMinutes(4);

    // Few symbols with a short past, a day and five hours of market: every candle, line and signal of it is compared.
    private static readonly Dictionary<string, string> Small = new()
    {
        ["CONTEXT__ORDER_BOOKS"] = "false",
        ["CONTEXT__OPEN_INTEREST"] = "false",
        ["CONTEXT__FUNDING_RATES"] = "false",
    };

    private static readonly string[] Span = ["--seed", "7", "--from", "2026-01-10T12:00:00Z", "--to", "2026-01-10T17:00:00Z"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_KilledAndItsStorageToo_EndsAsAnUndisturbedRunOnSqlite()
    {
        using var calm = new TempFolder();
        using var killed = new TempFolder();
        await using var azurite = new AzuriteServer { Location = killed.In("azurite") };
        await azurite.InitializeAsync();
        var account = azurite.Account;   // skips where there is none
        var azure = new Dictionary<string, string>(Small)
        {
            ["STORAGE__KIND"] = "azurite",
            ["STORAGE__PREFIX"] = Prefix,
            ["STORAGE__BLOB_PORT"] = $"{azurite.BlobPort}",
            ["STORAGE__QUEUE_PORT"] = $"{azurite.QueuePort}",
            ["STORAGE__TABLE_PORT"] = $"{azurite.TablePort}",
        };

        // Side by side: neither knows of the other.
        await Task.WhenAll(RunToEndAsync(calm.Path, Small, speed: 100_000), KillAndRunToEndAsync(killed.Path, azure, azurite, account));

        await AssertSameAsync(calm, killed, account);
    }

    private static async Task KillAndRunToEndAsync(string folder, Dictionary<string, string> azure, AzuriteServer azurite, StorageAccount account)
    {
        // The program dies in the middle of the market.
        using (var bot = Start(folder, azure, speed: 5_000))
        {
            using var page = await bot.PageAsync();
            await RunTests.ReadyAsync(page, bot);
            await ReachAsync(account, "2026-01-10T13:00:00Z");
            bot.Kill();
        }

        // Azurite dies under it: the run ends and says so; with Azurite back on its files the next one goes on.
        using (var bot = Start(folder, azure, speed: 5_000))
        {
            using var page = await bot.PageAsync();
            await RunTests.ReadyAsync(page, bot);
            azurite.Kill();
            var code = await bot.EndAsync(EndMax);
            Assert.True(code == 1, $"exit code {code}: {bot.Errors}");
            Assert.Contains("because of its storage", bot.Errors, StringComparison.Ordinal);
        }

        await azurite.StartAsync();
        await RunToEndAsync(folder, azure, speed: 100_000);
    }

    private static Bot Start(string folder, Dictionary<string, string> settings, int speed) =>
        Bot.Start(folder, settings, ["run", "--port", "0", "--speed", $"{speed}", .. Span]);

    private static async Task RunToEndAsync(string folder, Dictionary<string, string> settings, int speed)
    {
        using var bot = Start(folder, settings, speed);
        var code = await bot.EndAsync(EndMax);
        Assert.True(code == 0, $"exit code {code}: {bot.Errors}");
        Assert.Contains("Ended at 2026-01-10T17:00:00Z", bot.Errors, StringComparison.Ordinal);
    }

    private static async Task ReachAsync(StorageAccount account, string moment)
    {
        var ms = DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
        var state = account.Table(Prefix + "state");
        for (var i = 0; i < 2_000; i++)
        {
            if (await state.GetAsync("values", "position_ms", Cancel) is { } row && long.Parse(row.Text("value"), System.Globalization.CultureInfo.InvariantCulture) >= ms) return;
            await Task.Delay(30, Cancel);
        }

        Assert.Fail($"The market did not reach {moment}");
    }

    private static async Task AssertSameAsync(TempFolder calm, TempFolder killed, StorageAccount account)
    {
        using var expected = SqliteStore.Open(calm.In("state", StateFolder.StoreName));
        using var actual = await AzureStore.OpenAsync(account, Prefix, cancel: Cancel);
        var verdict = await actual.Ledger.VerifyAsync(cancel: Cancel);
        Assert.True(verdict.IsWhole, verdict.Fault);
        Assert.Empty(verdict.Unpublished);
        using var lines = new MemoryStream();
        await foreach (var day in actual.Ledger.DaysAsync(Cancel)) await actual.Ledger.CopyAsync(day, lines, Cancel);
        var (there, here) = (await File.ReadAllLinesAsync(calm.In("state", "ledger.jsonl"), Cancel), System.Text.Encoding.UTF8.GetString(lines.ToArray()).Split('\n')[..^1]);
        for (var i = 0; i < Math.Min(there.Length, here.Length); i++) Assert.True(there[i] == here[i], $"line {i + 1}\n{there[i]}\n{here[i]}");
        Assert.Equal(there.Length, here.Length);

        foreach (var store in (ISignalStore[])[expected, actual]) Assert.Empty(await store.LoadPendingEffectsAsync(Cancel));
        Assert.NotEmpty(await expected.LoadClosedAsync(1, cancel: Cancel));
        Assert.Equal(Of(await expected.LoadOpenAsync(Cancel)), Of(await actual.LoadOpenAsync(Cancel)));
        Assert.Equal(Of(await expected.LoadClosedAsync(10_000, cancel: Cancel)), Of(await actual.LoadClosedAsync(10_000, cancel: Cancel)));
        Assert.Equal(
            (await expected.LoadDecisionsAsync(null, 10_000, Cancel)).Select(decision => decision.Id),
            (await actual.LoadDecisionsAsync(null, 10_000, Cancel)).Select(decision => decision.Id));
        Assert.Equal(await File.ReadAllLinesAsync(calm.In("logs", LogEffects.NotifyFile), Cancel), await File.ReadAllLinesAsync(killed.In("logs", LogEffects.NotifyFile), Cancel));
        var series = await expected.SeriesAsync(Cancel);
        Assert.Equal(series, await actual.SeriesAsync(Cancel));
        foreach (var one in series)
        {
            var bars = await actual.ReadAsync(one, long.MinValue, long.MaxValue, cancel: Cancel);
            Assert.True(bars.SequenceEqual(await expected.ReadAsync(one, long.MinValue, long.MaxValue, cancel: Cancel)), $"{one}");
        }
    }

    // Versions count commits, which a killed run has made at other moments.
    private static string[] Of(IReadOnlyList<StoredSignal> signals) =>
        [.. signals.Select(signal => $"{signal.Id} {signal.DecidedAtMs} {signal.ClosedAtMs} {signal.StateJson}").Order(StringComparer.Ordinal)];
}
