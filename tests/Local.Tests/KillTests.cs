using System.Globalization;
using FuturesBot.Adapters.Sqlite;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;
using FuturesBot.Dashboard.Running;
using Xunit;

namespace FuturesBot.Local.Tests;

/// <summary>
/// The program is killed (SIGKILL) at random moments and started again, until the market has reached a set time. What
/// it leaves behind must be what a run leaves behind that nobody disturbed.
/// </summary>
public sealed class KillTests
{
    private const int Kills = 4;
    private static readonly TimeSpan EndMax = TimeSpan.FromMinutes(3);
    private static readonly string[] Span = ["--from", "2026-01-10T00:00:00Z", "--to", "2026-01-10T18:00:00Z"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<int> Seeds => [1, 7];

    [Theory, MemberData(nameof(Seeds))]
    public async Task Run_KilledAtRandomMoments_EndsAsIfNobodyHadDisturbedIt(int seed)
    {
        using var calm = new TempFolder();
        using var killed = new TempFolder();
        var moments = new List<string>();

        // Side by side: neither knows of the other.
        await Task.WhenAll(RunToEndAsync(calm.Path, seed, speed: 100_000), KillAndRunToEndAsync(killed.Path, seed, moments));

        var where = $"seed {seed}, killed at {string.Join(", ", moments)}";
        AssertLedger(calm, killed, where);
        AssertSameLines(calm.In("logs", LogEffects.NotifyFile), killed.In("logs", LogEffects.NotifyFile), where);
        AssertSameLines(calm.In("logs", LogEffects.ActionPriceFile), killed.In("logs", LogEffects.ActionPriceFile), where);
        await AssertSameStoreAsync(calm, killed, where);
    }

    private static async Task KillAndRunToEndAsync(string folder, int seed, List<string> moments)
    {
        var random = new Random(seed);
        for (var i = 0; i < Kills; i++)
        {
            using var bot = Start(folder, seed, speed: 10_000);
            if (i % 3 == 0)
            {
                moments.Add($"{random.Next(300, 2_500)} ms");   // while it starts or lives through the past
                await Task.Delay(int.Parse(moments[^1][..^3], CultureInfo.InvariantCulture), Cancel);
            }
            else
            {
                using var page = await bot.PageAsync();
                await RunTests.ReadyAsync(page, bot);
                await Task.Delay(random.Next(20, 1_000), Cancel);
                moments.Add($"market time {await RunTests.MarketTimeAsync(page)}");
            }

            bot.Kill();
        }

        await RunToEndAsync(folder, seed, speed: 100_000);
    }

    // What a book says at a moment depends on the moment: decisions that follow from candles alone can be compared.
    private static readonly Dictionary<string, string> CandlesAlone = new()
    {
        ["CONTEXT__ORDER_BOOKS"] = "false",
        ["CONTEXT__OPEN_INTEREST"] = "false",
        ["CONTEXT__FUNDING_RATES"] = "false",
    };

    private static Bot Start(string folder, int seed, int speed) =>
        Bot.Start(folder, CandlesAlone, ["run", "--port", "0", "--seed", $"{seed}", "--speed", $"{speed}", .. Span]);

    private static async Task RunToEndAsync(string folder, int seed, int speed)
    {
        using var bot = Start(folder, seed, speed);
        var code = await bot.EndAsync(EndMax);
        Assert.True(code == 0, $"seed {seed}: exit code {code}: {bot.Errors}");
        Assert.Contains("Ended at 2026-01-10T18:00:00Z", bot.Errors, StringComparison.Ordinal);
    }

    private static void AssertLedger(TempFolder calm, TempFolder killed, string where)
    {
        using var ledger = File.OpenRead(killed.In("state", "ledger.jsonl"));
        var verdict = LedgerVerifier.Verify(ledger, expectFooter: false);

        Assert.True(verdict.IsWhole, $"{where}: {verdict}");
        AssertSameLines(calm.In("state", "ledger.jsonl"), killed.In("state", "ledger.jsonl"), where);
    }

    private static void AssertSameLines(string expected, string actual, string where)
    {
        var calm = File.ReadAllLines(expected);
        var killed = File.ReadAllLines(actual);
        Assert.True(calm.Length > 0, $"{where}: {Path.GetFileName(expected)} is empty");
        for (var i = 0; i < Math.Min(calm.Length, killed.Length); i++)
            Assert.True(calm[i] == killed[i], $"{where}: {Path.GetFileName(expected)} line {i + 1}\n{calm[i]}\n{killed[i]}");
        Assert.True(calm.Length == killed.Length, $"{where}: {Path.GetFileName(expected)} has {killed.Length} lines, not {calm.Length}");
    }

    private static async Task AssertSameStoreAsync(TempFolder calm, TempFolder killed, string where)
    {
        using var expected = SqliteStore.Open(calm.In("state", "futuresbot.db"));
        using var actual = SqliteStore.Open(killed.In("state", "futuresbot.db"));
        foreach (var store in (ISignalStore[])[expected, actual]) Assert.Empty(await store.LoadPendingEffectsAsync(Cancel));

        Assert.Equal(Of(await expected.LoadOpenAsync(Cancel)), Of(await actual.LoadOpenAsync(Cancel)));
        Assert.Equal(Of(await expected.LoadClosedAsync(10_000, cancel: Cancel)), Of(await actual.LoadClosedAsync(10_000, cancel: Cancel)));
        Assert.Equal(
            (await expected.LoadDecisionsAsync(null, 10_000, Cancel)).Select(decision => decision.Id),
            (await actual.LoadDecisionsAsync(null, 10_000, Cancel)).Select(decision => decision.Id));
        foreach (var series in await expected.SeriesAsync(Cancel))
        {
            var bars = await actual.ReadAsync(series, long.MinValue, long.MaxValue, cancel: Cancel);
            Assert.True(
                bars.SequenceEqual(await expected.ReadAsync(series, long.MinValue, long.MaxValue, cancel: Cancel)), $"{where}: {series}");
        }
    }

    // Versions count commits, which a killed run has made at other moments.
    private static string[] Of(IReadOnlyList<StoredSignal> signals) =>
        [.. signals.Select(signal => $"{signal.Id} {signal.DecidedAtMs} {signal.ClosedAtMs} {signal.StateJson}").Order(StringComparer.Ordinal)];
}
