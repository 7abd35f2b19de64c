using System.Diagnostics;
using System.Globalization;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Books;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Sqlite;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Simulator;
using FuturesBot.Simulator.Faults;
using FuturesBot.Simulator.Market;
using Microsoft.Extensions.Logging.Abstractions;

namespace FuturesBot.Bench.Soak;

/// <summary>
/// A simulated exchange on a bad day, and the real adapters on it for minutes or hours: all frames and the book of every
/// symbol. Nothing may be wrong: request weight, books that say they are in step, candles, memory.
/// </summary>
internal sealed class SoakRun(SoakOptions options)
{
    private const int WeightMax = 1_320;
    private const long DayMs = 86_400_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    private readonly SoakAlerts _alerts = new();
    private readonly List<(TimeSpan At, long HeapBytes, int Threads)> _growth = [];
    private readonly BookTime _bookTime = new();

    /// <returns>0 when everything was right.</returns>
    public async Task<int> RunAsync(CancellationToken cancel)
    {
        var time = TimeProvider.System;
        var nowMs = TimeFrame.M1.OpenOf(time.GetUtcNow().ToUnixTimeMilliseconds());
        var faults = FaultScript.OfSeed(options.Seed);
        await using var exchange = await SimulatedExchange.StartAsync(
            new()
            {
                Seed = options.Seed,
                Symbols = SymbolUniverse.Of(options.Seed, options.Symbols + SymbolUniverse.CountMin, nowMs - DayMs),
                MarketStartMs = nowMs - (2 * DayMs),
                StartAtMs = nowMs,
                Speed = options.Speed,
                KeepTruth = true,
                Held = true,
                Faults = faults,
            },
            time, logs: null, cancel);
        var bot = new BotOptions();
        using var door = new BinanceExchange(new(
            ExchangeAddresses.OnLoopback(exchange.Rest.Port), BinanceKeys.Simulator, bot.Exchange,
            new BanFile(Path.Combine(Path.GetTempPath(), $"soak-{Environment.ProcessId}-ban")), _alerts, NullLoggerFactory.Instance, time)
        {
            Speed = options.Speed,
            IsFresh = true,
        });
        door.Clock.Hold(true);
        await door.StartAsync(cancel);
        var listings = (await door.Market.SymbolsAsync(cancel))
            .Where(symbol => symbol is { ContractType: "PERPETUAL", UnderlyingType: "COIN", Status: "TRADING", QuoteAsset: "USDT" })
            .Take(options.Symbols).Select(symbol => new SymbolListing(symbol.Symbol, symbol.Rules)).ToArray();

        var file = Path.Combine(Path.GetTempPath(), $"soak-{Environment.ProcessId}.db");
        using var store = SqliteStore.Open(file);
        var symbols = new SymbolTable();
        var streams = new StreamParts(
            door.Addresses.Streams, bot.Streams, time, door.Clock, new Random((int)options.Seed),
            new(time, bot.Streams.ConnectionsPerFiveMinutes), _alerts, NullLogger.Instance);
        await using var klines = new KlineStream(streams, symbols);
        var rules = listings.ToDictionary(listing => listing.Symbol, listing => listing.Rules);
        await using var books = new BookKeeper(streams, symbols, door.Rest, bot.Books, symbol => rules.GetValueOrDefault(symbol));
        using var feed = new ExchangeFeed(
            new() { Candles = store, Market = door.Market, Clock = door.Clock, Time = time, Alerts = _alerts }, listings, nowMs, nowMs);
        klines.Received = feed.Take;
        var candles = new CandleCheck(store, exchange.Truth);
        var bookCheck = new BookCheck(
            books, exchange.Truth, [.. listings.Select(listing => listing.Symbol)], new Random((int)options.Seed));

        Tell($"{listings.Length} symbols × {ExchangeFeed.Frames.Count} frames and books, {options.Speed:0.#}×, seed {options.Seed}, {faults.Rules.Count} kinds of faults on");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(TimeSpan.FromMinutes(options.Minutes));
        var running = new SoakParts(exchange, door, klines, books, feed, candles, bookCheck);
        await FollowAsync(running, listings, stop.Token);

        var (right, wrong) = await candles.CompareAsync(feed.Series, nowMs, feed.NextCloseMs - TimeFrame.M1.Ms(), cancel);
        var verdict = Judge(running, right, wrong);
        foreach (var leftover in Directory.GetFiles(Path.GetTempPath(), $"soak-{Environment.ProcessId}*")) File.Delete(leftover);
        return verdict;
    }

    private async Task FollowAsync(SoakParts parts, IReadOnlyList<SymbolListing> listings, CancellationToken stop)
    {
        var started = Stopwatch.GetTimestamp();
        var drain = Task.CompletedTask;
        try
        {
            // A bad day begins at once: subscriptions may need several attempts.
            var following = Task.WhenAll(
                parts.Klines.FollowAsync(parts.Feed.Series, stop),
                parts.Books.FollowAsync([.. listings.Select(listing => listing.Symbol)], stop));
            parts.Exchange.Release();
            parts.Door.Clock.Hold(false);
            await parts.Door.Rest.SynchroniseClockAsync(stop);
            drain = DrainAsync(parts, stop);
            var told = TimeSpan.Zero;
            while (!stop.IsCancellationRequested && !drain.IsCompleted)
            {
                await Task.Delay(LookEvery, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                parts.BookCheck.Look(60);
                var elapsed = Stopwatch.GetElapsedTime(started);
                _bookTime.Look(parts.Books.Health, elapsed);
                if (elapsed - told < TellEvery) continue;
                told = elapsed;
                _growth.Add((elapsed, GC.GetTotalMemory(forceFullCollection: true), ThreadPool.ThreadCount));
                Tell(parts, elapsed);
                await SynchroniseAsync(parts, stop);
            }

            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The time is over.
        }

        await drain;
    }

    // A market that its readers hold up falls behind the wall, and so must the clock that books are aged by.
    private static async Task SynchroniseAsync(SoakParts parts, CancellationToken stop)
    {
        try
        {
            await parts.Door.Rest.SynchroniseClockAsync(stop);
        }
        catch (ExchangeException)
        {
            // A bad day: the next time will do, and the exchange counts its refusals.
        }
    }

    private static async Task DrainAsync(SoakParts parts, CancellationToken stop)
    {
        var batch = new List<FeedCandle>();
        try
        {
            while (true)
            {
                await parts.Feed.WaitAsync(stop);
                parts.Feed.Read(batch);
                await parts.Candles.StoreAsync(batch, CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The time is over.
        }
    }

    private void Tell(SoakParts parts, TimeSpan elapsed)
    {
        var health = parts.Books.Health;
        var synced = health.ByTrust.GetValueOrDefault(BookTrust.Synced);
        var messages = parts.Klines.Health.Concat(parts.Books.Streams).Sum(line => line.Messages);
        Tell(string.Create(CultureInfo.InvariantCulture,
            $"{elapsed.TotalSeconds,6:0} s  books {synced}/{health.ByTrust.Values.Sum()} in step, {health.Thin} thin, {_bookTime.Share:P1} of the time, {parts.BookCheck.Compared:N0} compared, {parts.BookCheck.Wrong.Count} wrong, {health.Resyncs} anew, {health.Gaps} gaps, {health.Mended} mended, {health.Snapshots} snapshots, {health.Refreshes} to reach further  "
            + $"candles {parts.Candles.Stored:N0}, asked {parts.Feed.Asked}, missed {parts.Feed.Missed}  weight {parts.Door.Budget.Read().OwnWeightPeak} at most  "
            + $"{messages / elapsed.TotalSeconds:N0} messages/s  heap {_growth[^1].HeapBytes / 1048576.0:0} MiB, {_growth[^1].Threads} threads"));
    }

    private int Judge(SoakParts parts, long right, IReadOnlyList<string> wrong)
    {
        var faults = new List<string>();
        var weight = Math.Max(parts.Door.Budget.Read().OwnWeightPeak, parts.Exchange.Truth.BusiestMinute);
        if (weight > WeightMax) faults.Add($"{weight} of request weight in a minute, {WeightMax} are ours");
        if (parts.BookCheck.Wrong is { Count: > 0 } books) faults.Add($"{books.Count} books differed while in step, the first: {books.First}");
        if (parts.BookCheck.Compared == 0) faults.Add("no book could be compared");
        if (wrong.Count > 0) faults.Add($"{wrong.Count} candles are missing or other, the first: {wrong[0]}");
        if (right == 0) faults.Add("no candle closed; give it more minutes");
        if (parts.Candles.Doubled + parts.Candles.Conflicts > 0)
            faults.Add($"{parts.Candles.Doubled} candles were handed over twice, {parts.Candles.Conflicts} with other values");
        if (Growth() is { } growth) faults.Add(growth);

        Tell($"weight: at most {weight} in a minute ({parts.Exchange.Truth.Refused} calls refused by the exchange)");
        Tell($"books: {parts.BookCheck.Compared:N0} compared while in step, {parts.BookCheck.Wrong.Count} wrong, {parts.BookCheck.Unknown} no longer known, {parts.BookCheck.Thin} thin; {parts.Books.Health.Resyncs} built anew");
        Tell($"book time in step: {_bookTime.Share:P1} of all, {_bookTime.LaterShare:P1} after the first {BookTime.FirstSeconds} s; snapshots {parts.Books.Health.Snapshots}");
        Tell($"candles: {right:N0} of the exchange's are stored once and as they are, {wrong.Count} are not; {parts.Feed.Asked} had to be asked for, {parts.Feed.Missed} came late");
        Tell($"reconnects: {parts.Klines.Health.Concat(parts.Books.Streams).Sum(line => line.Reconnects)}; alerts: {_alerts}");
        foreach (var fault in faults) Tell($"WRONG: {fault}");
        Tell(faults.Count == 0 ? "everything was right" : $"{faults.Count} things were wrong");
        return faults.Count == 0 ? 0 : 1;
    }

    /// <summary>Compares the second third of the run with the last: what grows steadily shows there.</summary>
    private string? Growth()
    {
        if (_growth.Count < 9) return null;   // under a minute and a half nothing can be said
        var third = _growth.Count / 3;
        var (before, after) = (_growth.Skip(third).Take(third), _growth.TakeLast(third));
        var (heap, heapAfter) = (before.Average(at => at.HeapBytes), after.Average(at => at.HeapBytes));
        if (heapAfter > (heap * 1.15) + (32 << 20)) return $"the heap grew from {heap / 1048576:0} to {heapAfter / 1048576:0} MiB";
        var (threads, threadsAfter) = (before.Average(at => at.Threads), after.Average(at => at.Threads));
        return threadsAfter > threads + 12 ? $"threads grew from {threads:0} to {threadsAfter:0}" : null;
    }

    private static void Tell(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Tell(string text) => Console.WriteLine(text);

    /// <summary>What runs.</summary>
    private sealed record SoakParts(
        SimulatedExchange Exchange, BinanceExchange Door, KlineStream Klines, BookKeeper Books, ExchangeFeed Feed,
        CandleCheck Candles, BookCheck BookCheck);
}
