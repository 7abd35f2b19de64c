using System.Diagnostics;
using System.Text.Json;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Dashboard.Running;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>
/// An hour of market through the processes of <c>./dev azurite</c>: exchange, sidecar, Azurite and the consumer with its kernel,
/// orchestrations and timers. Consumer, sidecar and Azurite are killed on the way (SIGKILL). What is left must be what the exchange
/// says has closed, and what one undisturbed process computes of it: every candle, signal, line, step and message once.
/// </summary>
public sealed class HourTests : IDisposable
{
    private const double Speed = 480;   // an hour of market in less than eight seconds
    private const int SteadyLooks = 30;   // a tenth of a second each
    private static readonly TimeSpan EndMax = TimeSpan.FromSeconds(30);
    private static readonly string[] Market = ["--seed", "5", "--from", "2026-01-10T00:00:00Z"];

    private readonly string _folder = Directory.CreateTempSubdirectory("futuresbot-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Hour_WithSidecarConsumerAndStorageKilled_LeavesEverythingOnceAsOneProcessComputesIt()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals");
        await using var azurite = new AzuriteServer { Location = Path.Combine(_folder, "azurite") };
        await azurite.InitializeAsync();
        var account = azurite.Account;   // skips where there is none
        var log = new TableBatchLog(account);
        await using var parts = await LocalParts.StartAsync(azurite, _folder, Speed, Market);
        try
        {
            await LiveAsync(azurite, account, log, parts);
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{e.Message}\nThe sidecar said: {parts.Sidecar.Said}\nThe consumer said: {parts.ConsumerLog}", e);
        }

        await CompareAsync(account, log, parts);
    }

    /// <summary>Lets the hour pass, with everything that dies in it, until nothing is under way any more and all have ended.</summary>
    private static async Task LiveAsync(AzuriteServer azurite, StorageAccount account, TableBatchLog log, LocalParts parts)
    {
        var watch = Stopwatch.StartNew();
        await parts.HoldsAsync();
        await MoreAsync(log, 2);
        await Eventually.IsAsync(async () => await RowsAsync(account, "tracking").AnyAsync(Cancel), "the first signal is followed");
        Note("begun");

        // Whoever decides dies, and goes on.
        parts.KillConsumer();
        await TakenAsync(account, log);
        Note("consumer killed");

        // Storage dies under both. They stand still until Azurite has written down what it had acknowledged.
        await Task.WhenAll(parts.Sidecar.HoldAsync(), parts.Consumer.HoldAsync());
        await azurite.SavedAsync(Cancel);
        azurite.Kill();
        await Task.WhenAll(parts.Sidecar.GoOnAsync(), parts.Consumer.GoOnAsync());
        await parts.Sidecar.LineAsync(line => line.Contains("Storage does not answer", StringComparison.Ordinal), LocalParts.Patience);
        await azurite.StartAsync();
        await MoreAsync(log, 2);
        await TakenAsync(account, log);
        Note("storage killed");

        // The holder of the market dies, and the next one goes on.
        parts.KillSidecar();
        await parts.HoldsAsync();
        await MoreAsync(log, 2);
        Note("sidecar killed");

        var setup = await log.SetupAsync("main", Cancel) ?? throw new InvalidDataException("The shard was not begun");
        await Eventually.IsAsync(async () => (await log.HeadAsync("main", Cancel))!.CloseMs > setup.Identity.LiveFromMs + TimeFrame.H1.Ms(), "the hour is over");
        await QuietAsync(account, log, parts);
        Note("quiet");
        // The sidecar first: a price that had been reached when a signal was watched is told behind the command that asked for it, so perhaps
        // only now, and has to be taken in too.
        await EndAsync(parts.Sidecar);
        await TakenAsync(account, log);
        await EndAsync(parts.Consumer);
        await parts.Exchange.GoOnAsync();
        Note("ended");

        static async Task EndAsync(RunningProgram part)
        {
            var (code, _) = await part.TerminateAsync(EndMax);
            Assert.True(code == 0, $"It ended with {code}: {part.Said}");
        }

        void Note(string what) => TestContext.Current.SendDiagnosticMessage("{0}: {1}", watch.Elapsed, what);
    }

    /// <summary>
    /// The exchange stands still: nothing closes any more, and all that follows from what has is waited for. It is stopped between two
    /// quarters of an hour: what the timers ask for then needs its answers. Where it came too late for that it goes on for a while.
    /// </summary>
    private static async Task QuietAsync(StorageAccount account, TableBatchLog log, LocalParts parts)
    {
        using var open = await AzureStore.OpenBesideKernelAsync(account, cancel: Cancel);
        for (var tries = 1; ; tries++)
        {
            await Eventually.IsAsync(
                async () => await account.Queue(MarketNames.Commands).CountAsync(Cancel) == 0 && (await parts.NowMsAsync() % TimeFrame.M15.Ms()) / TimeFrame.M1.Ms() is >= 2 and < 10,
                "nothing is asked for between two quarters of an hour");
            await parts.Exchange.HoldAsync();
            // What closed last may still be on its way: it is published, then found to move something, and then the kernel is woken for it.
            var (steady, before) = (0, (0L, 0L));
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(20 * tries); await Task.Delay(100, Cancel))
            {
                await TakenAsync(account, log);
                var now = await log.HeadAsync("main", Cancel) is { } head ? (head.Number, head.Loud) : default;
                var isQuiet = now == before && await account.Queue(MarketNames.Commands).CountAsync(Cancel) == 0 && (await open.Outbox.CountAsync(Cancel)).Waiting == 0;
                (steady, before) = (isQuiet ? steady + 1 : 0, now);
                if (steady == SteadyLooks) return;
            }

            if (tries == 4) throw new TimeoutException("What was asked for was not carried out, four times");
            await parts.Exchange.GoOnAsync();
        }
    }

    private static async Task CompareAsync(StorageAccount account, TableBatchLog log, LocalParts parts)
    {
        var setup = await log.SetupAsync("main", Cancel) ?? throw new InvalidDataException("The shard was not begun");
        using var store = await AzureStore.OpenAsync(account, cancel: Cancel);
        var batches = await Published.ReadAsync(account, "futuresbot");
        await AssertCandlesAsync(parts, store, batches, setup);
        using var expected = await Undisturbed.RunAsync(account, store, parts.Bot, batches);
        Assert.NotEmpty(expected.Tracked);
        Assert.Equal(await expected.SignalsAsync(), await Undisturbed.SignalsAsync(store));
        await AssertLedgerAsync(parts, expected);
        await AssertOrchestrationsAsync(account, expected);
        await AssertCarriedOutAsync(parts, account, store, expected);
    }

    /// <summary>Every candle that closed is published once and stored, as the exchange has it; minutes are told of what is alive.</summary>
    private static async Task AssertCandlesAsync(LocalParts parts, AzureStore store, IReadOnlyList<MarketBatch> batches, ShardSetup setup)
    {
        Published.AssertEachOnce(batches, setup.Listings.Count);
        var (fromMs, toMs) = (setup.Identity.DecideFromMs, batches[^1].CloseMs);
        var told = batches.SelectMany(batch => batch.Candles).ToLookup(one => one.Series, one => one.Candle);
        foreach (var symbol in setup.Listings.Select(listing => listing.Symbol))
        {
            foreach (var frame in (TimeFrame[])[TimeFrame.M1, TimeFrame.M15, TimeFrame.H1, TimeFrame.H4, TimeFrame.D1])
            {
                var series = new SeriesInfo(symbol, frame);
                var truth = (await parts.TruthAsync(series, frame.OpenOf(fromMs), toMs)).Where(candle => candle.CloseTimeMs(frame) is var close && close > fromMs && close <= toMs).ToArray();
                var stored = (await store.ReadAsync(series, frame.OpenOf(fromMs), toMs, cancel: Cancel))
                    .Where(candle => candle.CloseTimeMs(frame) is var close && close > fromMs && close <= toMs);
                AssertSame($"{series} stored", truth, stored);
                if (frame >= TimeFrame.M15) AssertSame($"{series} published", truth, told[series].OrderBy(candle => candle.OpenTimeMs));
                else Assert.Empty(told[series].Except(truth));
            }
        }
    }

    private static void AssertSame(string what, IReadOnlyList<Candle> truth, IEnumerable<Candle> found)
    {
        var there = found.ToArray();
        var lost = string.Join(' ', truth.Except(there).Select(candle => $"{DateTimeOffset.FromUnixTimeMilliseconds(candle.OpenTimeMs):u}"));
        var more = string.Join(' ', there.Except(truth).Select(candle => $"{DateTimeOffset.FromUnixTimeMilliseconds(candle.OpenTimeMs):u}"));
        Assert.True(lost.Length == 0 && more.Length == 0, $"{what}: of {truth.Count} candles the exchange has these alone: {lost}; and these are here alone: {more}");
        Assert.Equal(truth.Count, there.Length);
    }

    private static async Task AssertLedgerAsync(LocalParts parts, Undisturbed expected)
    {
        var (code, said) = await parts.VerifyAsync();
        Assert.True(code == 0, said);
        using var verdict = JsonDocument.Parse(said);
        Assert.Equal((expected.Lines, expected.Hash), (verdict.RootElement.GetProperty("lines").GetInt64(), verdict.RootElement.GetProperty("root").GetString()));
    }

    /// <summary>One orchestration a signal, in one place, which has heard every step once.</summary>
    private static async Task AssertOrchestrationsAsync(StorageAccount account, Undisturbed expected)
    {
        var states = await RowsAsync(account, "tracking")
            .Select(row => (row.Partition, State: JsonSerializer.Deserialize<TrackedSignal>(row.Text("state"), SignalJson.Options)!)).ToArrayAsync(Cancel);
        Assert.Equal(expected.Tracked.Keys.Order(StringComparer.Ordinal), states.Select(row => row.State.Now.SignalId).Order(StringComparer.Ordinal));
        foreach (var (partition, state) in states)
        {
            Assert.Equal(state.IsOver ? "over" : "open", partition);
            Assert.Equal(Undisturbed.LineOf(expected.Tracked[state.Now.SignalId]), Undisturbed.LineOf(state));
        }
    }

    /// <summary>Every command was carried out, and what it left in files and outbox is there once.</summary>
    private static async Task AssertCarriedOutAsync(LocalParts parts, StorageAccount account, AzureStore store, Undisturbed expected)
    {
        var done = await new TableCommandMemory(account, "futuresbot", "main", TimeProvider.System).LoadAsync(CommandDesk.RememberedMax, Cancel);
        Assert.Empty(expected.Commands.Keys.Except(done));
        Assert.Empty(done.GroupBy(id => id).Where(same => same.Count() > 1).Select(same => same.Key));
        Assert.Empty(await new TablePoisonShelf(account).ReadAsync(10, Cancel));
        AssertLines(parts, LogEffects.NotifyFile, expected.Effects(Effects.Notify, Effects.Summary));
        AssertLines(parts, LogEffects.ActionPriceFile, expected.Effects(Effects.ActionPriceLog));

        // Steps of a card have messages of their own, and so have the beginning and the end of a process.
        var cards = expected.Cards.Select(effect => $"{effect.Id}@{LocalParts.Chat}").Order(StringComparer.Ordinal);
        var outbox = await RowsAsync(account, "outbox").Where(row => row.Has("state") && row.Has("id")).Select(row => row.Text("id"))
            .Where(id => id.EndsWith($"-{Effects.Notify}@{LocalParts.Chat}", StringComparison.Ordinal)).ToArrayAsync(Cancel);
        Assert.Equal(cards, outbox.Order(StringComparer.Ordinal));
        Assert.Equal(0, (await store.Outbox.CountAsync(Cancel)).GivenUp);
    }

    private static void AssertLines(LocalParts parts, string file, IReadOnlyList<StoredEffect> expected)
    {
        var path = Path.Combine(parts.Told, file);
        // Alarms have lines there too: of streams that fell silent, where the machine was held up.
        var lines = File.Exists(path)
            ? File.ReadAllLines(path).Where(line => line.Contains("\"effect_id\"", StringComparison.Ordinal) && !line.Contains("\"effect_id\":\"alert-", StringComparison.Ordinal))
            : [];
        Assert.Equal(expected.Select(effect => effect.PayloadJson).Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
    }

    private static IAsyncEnumerable<TableRow> RowsAsync(StorageAccount account, string table) =>
        account.Table("futuresbot" + table).QueryAsync(filter: null, cancel: Cancel);

    /// <summary>Waits for so many batches more.</summary>
    private static async Task MoreAsync(TableBatchLog log, int count)
    {
        var before = (await log.HeadAsync("main", Cancel))?.Number ?? 0;
        await Eventually.IsAsync(async () => await log.HeadAsync("main", Cancel) is { } head && head.Number >= before + count, $"{count} batches more than {before} are published");
    }

    /// <summary>Waits until the kernel has taken in all that is published at the moment and must not wait for what comes next.</summary>
    private static async Task TakenAsync(StorageAccount account, TableBatchLog log)
    {
        var head = (await log.HeadAsync("main", Cancel))!.Loud;
        var beats = new TableBeats(account);
        await Eventually.IsAsync(
            async () => (await beats.ReadAsync(Cancel)).Any(beat => beat.Component == MarketEventsDesk.Component && beat.Number >= head), $"the kernel has taken in batch {head}");
    }
}
