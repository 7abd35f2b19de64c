using System.Diagnostics;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Queues;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Bench.Load;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.CloudCosts;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace FuturesBot.Bench.Cost;

/// <summary>
/// Sidecar and functions over one Azurite, closing time after closing time, with every storage operation counted: the market's hour
/// passes as fast as it goes, on a clock that is turned by hand, so that the counts are the same on every machine.
/// </summary>
internal sealed class CostSystem : IDisposable
{
    private const int WarmUpDays = 36;
    private const int CommandsAtOnce = 16;   // as the reader of commands asks
    private static readonly TimeSpan AfterClose = TimeSpan.FromSeconds(2);

    private readonly LoadMarket _market;
    private readonly ManualTime _time;
    private readonly StorageAccount _account;
    private readonly AzureStore _store;
    private readonly ShardWriter _writer;
    private readonly QueueClient _commands;
    private readonly CommandDesk _desk;
    private readonly ActivityListener _spans;
    private int _spanCount;

    private CostSystem(LoadMarket market, ManualTime time, StorageAccount account, string prefix, AzureStore store, ShardWriter writer, CostFunctions functions)
    {
        (_market, _time, _account, _store, _writer, Functions) = (market, time, account, store, writer, functions);
        _commands = account.Queue(CostFunctions.CommandsOf(prefix));
        var watches = new TableWatches(account, prefix, CostFunctions.Shard);
        _desk = new(Ports(watches), new TableCommandMemory(account, prefix, CostFunctions.Shard, time), time);
        _spans = new()
        {
            ShouldListenTo = source => source.Name == Engine.Telemetry.BotTelemetry.Source.Name,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = _ => Interlocked.Increment(ref _spanCount),
        };
        ActivitySource.AddActivityListener(_spans);
    }

    public CostFunctions Functions { get; }

    /// <summary>Fills the store with a past, and opens both halves; the first closing is 23:15 UTC.</summary>
    public static async Task<CostSystem> BeginAsync(StorageEndpoints endpoints, string prefix, int symbols, CancellationToken cancel)
    {
        const long startMs = GeneratedFeed.StartMs;
        var beginMs = startMs + (WarmUpDays * TimeFrame.D1.Ms()) - TimeFrame.H1.Ms();
        var market = new LoadMarket(symbols, startMs);
        var past = new Dictionary<SeriesInfo, List<Candle>>();
        for (var closeMs = startMs; closeMs < beginMs;)
        {
            (closeMs, var closed) = market.Next();
            foreach (var one in closed) (past.TryGetValue(one.Series, out var known) ? known : past[one.Series] = []).Add(one.Candle);
        }

        var account = new StorageAccount(endpoints, StorageCredential.Azurite);
        var store = await AzureStore.OpenAsync(account, prefix, cancel);
        foreach (var frame in past.GroupBy(series => series.Key.Frame))
            await store.CommitAsync(new() { Candles = [.. frame.Select(series => new CandleBatch(series.Key, series.Value.ToArray()))] }, cancel);
        var time = new ManualTime(DateTimeOffset.FromUnixTimeMilliseconds(beginMs));
        var writer = await ShardWriter.TakeAsync(account, prefix, CostFunctions.Shard, time, NullLogger.Instance, CostFunctions.EventsOf(prefix), cancel);
        await writer.BeginAsync(new(new("generated", 1, "", startMs, beginMs, beginMs), market.Listings), cancel);
        await account.Queue(CostFunctions.CommandsOf(prefix)).CreateAsync(cancel);
        await new TableBeats(account, prefix).CreateAsync(cancel);
        await new TablePoisonShelf(account, prefix).CreateAsync(cancel);
        var functions = await CostFunctions.OpenAsync(endpoints, prefix, time, makesMissing: true, cancel);
        await functions.Runner.OpenAsync(cancel);
        return new(market, time, account, prefix, store, writer, functions);
    }

    /// <summary>The next closing time, with all that follows of it.</summary>
    public async Task<MeasuredClosing> CloseAsync(CancellationToken cancel)
    {
        var before = (Sidecar: CostOperations.Of(_account), Functions: CostOperations.Of(Functions.Account), Spans: _spanCount, Ledger: Functions.LedgerBytes);
        var (starts, events, activities, others, timers) =
            (Functions.Raised.Starts, Functions.Raised.Events, Functions.Activities.Count, Functions.Others.Count, Functions.Timers);
        var began = Cpu();
        var (kind, closeMs, batches, bytes) = await PublishAsync(cancel);
        var published = Cpu();
        var wall = Stopwatch.StartNew();
        await Functions.TakeAsync(1, cancel);   // of all parts one message tells
        await Functions.PassAsync(closeMs, cancel);
        var (taken, took) = (Cpu(), wall.Elapsed.TotalSeconds);
        var commands = Functions.Activities.Count - activities + Functions.Others.Count - others;
        await ReceiveAsync(commands, cancel);

        var ledger = Functions.LedgerBytes - before.Ledger;
        var operations = CostOperations.Of(Functions.Account).Since(before.Functions);
        return new()
        {
            Kind = kind,
            Count = 1,
            Batches = batches,
            BatchBytes = bytes,
            Commands = commands,
            SidecarOperations = CostOperations.Of(_account).Since(before.Sidecar),
            FunctionOperations = operations,
            SidecarCpuSeconds = (published - began).TotalSeconds,
            FunctionCpuSeconds = (taken - published).TotalSeconds,
            FunctionWallSeconds = took,
            Starts = Functions.Raised.Starts - starts,
            Events = Functions.Raised.Events - events,
            Activities = Functions.Activities.Count - activities,
            Timers = Functions.Timers - timers,
            Spans = _spanCount - before.Spans,
            LedgerBytes = ledger,
        };
    }

    /// <summary>The sidecar's half: candles stored, batches published.</summary>
    public async Task<(string Kind, long CloseMs, int Batches, long Bytes)> PublishAsync(CancellationToken cancel)
    {
        var (closeMs, candles) = _market.Next();
        _time.Advance(DateTimeOffset.FromUnixTimeMilliseconds(closeMs) + AfterClose - _time.GetUtcNow());
        await _store.CommitAsync(new() { Candles = [.. candles.Select(one => new CandleBatch(one.Series, new[] { one.Candle }))] }, cancel);
        var contexts = _market.Listings.Select(listing => new SymbolContext(listing.Symbol, new(0.12, 0.1, -0.003, 64.5, -0.25, 0.00012)));
        var whole = new MarketBatch { Shard = CostFunctions.Shard, Number = 0, CloseMs = closeMs, Candles = candles, Contexts = [.. contexts] };
        var (batches, bytes) = (0, 0L);
        foreach (var part in BatchPacker.Pack(whole))
        {
            bytes += ShardJson.Write(await _writer.PublishAsync(part, cancel)).Length;
            batches++;
        }

        return (candles.MaxBy(one => one.Series.Frame)!.Series.Frame.Code(), closeMs, batches, bytes);
    }

    /// <summary>The answer to a command of a timer: a batch of its own, which whoever takes the next one in reads from the log.</summary>
    public async Task<Dictionary<string, double>> AnswerAsync(CancellationToken cancel)
    {
        var (sidecar, functions) = (CostOperations.Of(_account), CostOperations.Of(Functions.Account));
        await _writer.PublishAsync(
            new()
            {
                Shard = CostFunctions.Shard,
                Number = 0,
                CloseMs = _writer.Head.CloseMs,
                Answers = [new("refresh-15m-0", CommandOutcome.Done, "Every candle is there", _time.GetUtcNow().ToUnixTimeMilliseconds())],
            },
            cancel);
        await Functions.Runner.CatchUpAsync(cancel);
        return CostOperations.Sum(CostOperations.Of(_account).Since(sidecar), CostOperations.Of(Functions.Account).Since(functions));
    }

    /// <summary>The kernel's state, bytes.</summary>
    public async Task<int> KernelBytesAsync(CancellationToken cancel) => (await _store.LoadSnapshotAsync("kernel", cancel))?.Bytes.Length ?? 0;

    public void Dispose()
    {
        _spans.Dispose();
        Functions.Dispose();
        _writer.Dispose();
        _store.Dispose();
    }

    private async Task ReceiveAsync(int count, CancellationToken cancel)
    {
        for (var received = 0; received < count;)
        {
            foreach (var message in await _commands.ReceiveAsync(CommandsAtOnce, TimeSpan.FromMinutes(10), cancel))
            {
                await _desk.CarryOutAsync(ShardJson.ReadCommand(message.Body.Span), cancel);
                await _commands.DeleteAsync(message, cancel);
                received++;
            }
        }
    }

    /// <summary>What orchestrations ask for is kept where the sidecar keeps it; what goes to people leaves no trace here.</summary>
    private static CommandPorts Ports(TableWatches watches) => new()
    {
        RefreshCandles = (_, _, _) => Task.FromResult(""),
        RepairGap = (_, _) => Task.FromResult(""),
        RefreshSymbols = _ => Task.FromResult(""),
        CheckIntegrity = (_, _) => Task.FromResult(""),
        Forget = _ => Task.FromResult(""),
        WatchLevels = async (watch, cancel) =>
        {
            await watches.SaveAsync(new(watch.SignalId, watch.Symbol, watch.SinceMs, watch.Levels, []), cancel);
            return new(Refusal: null);
        },
        ForgetLevels = (signalId, cancel) => watches.RemoveAsync(signalId, cancel),
        HaltEntries = (_, _) => Task.CompletedTask,
        TakeChatUpdate = (_, _) => Task.CompletedTask,
        SendMessages = _ => Task.CompletedTask,
        CarryOut = (_, _) => Task.CompletedTask,
        Warn = _ => { },
    };

    private static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
