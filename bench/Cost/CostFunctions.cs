using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Queues;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Domain;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;

namespace FuturesBot.Bench.Cost;

/// <summary>
/// The functions' half, of the parts that the functions are made of, with an account of its own so that its operations are counted apart.
/// The Functions host and the durable backend are not there: orchestrations run in memory, and what they do is counted.
/// </summary>
internal sealed class CostFunctions : IDisposable
{
    public const string Shard = "main";

    private readonly AzureStore _store;
    private readonly LocalOrchestrations _orchestrations;
    private readonly Tracking _tracking = new();
    private readonly QueueClient _queue;
    private LedgerPieceStream _ledger = new();

    private CostFunctions(StorageAccount account, string prefix, AzureStore store, TimeProvider time)
    {
        (Account, _store) = (account, store);
        _queue = account.Queue(EventsOf(prefix));
        var commands = new CommandQueueSender(account.Queue(CommandsOf(prefix)), new(account, prefix), time);
        Beats = new(account, prefix);
        Activities = new(commands);
        Others = new(commands);
        _orchestrations = new(_tracking, Activities, store);
        Raised = new(_orchestrations);
        Runner = new(new()
        {
            Shard = Shard,
            Options = KernelOptions.Default,
            Log = new TableBatchLog(account, prefix),
            Signals = store,
            Candles = store,
            OpenLedger = () => _ledger = new(),
            Effects = new OrchestratedEffects(Raised, new CommandedEffects(Others)),
            Time = time,
        });
        Poison = new(account, prefix);
        Desk = new(Runner, Beats, Poison, time);
    }

    public StorageAccount Account { get; }

    public ShardRunner Runner { get; }

    public MarketEventsDesk Desk { get; }

    public TableBeats Beats { get; }

    public TablePoisonShelf Poison { get; }

    /// <summary>Commands that orchestrations have sent: an activity each.</summary>
    public Counted Activities { get; }

    /// <summary>Commands for what belongs to no signal.</summary>
    public Counted Others { get; }

    public CountedOrchestrations Raised { get; }

    public int Timers => _tracking.Timers;

    public long LedgerBytes => _ledger.Position;

    /// <summary>The queues of one measurement; in Azure they have no prefix.</summary>
    public static string EventsOf(string prefix) => prefix + "-" + MarketNames.Events;

    /// <inheritdoc cref="EventsOf"/>
    public static string CommandsOf(string prefix) => prefix + "-" + MarketNames.Commands;

    /// <param name="endpoints">Where.</param>
    /// <param name="prefix">Of this measurement.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="makesMissing">False as in Azure, where templates have made what is there.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static async Task<CostFunctions> OpenAsync(
        StorageEndpoints endpoints, string prefix, TimeProvider time, bool makesMissing, CancellationToken cancel)
    {
        var account = new StorageAccount(endpoints, StorageCredential.Azurite, makesMissing: makesMissing);
        var store = await AzureStore.OpenAsync(account, prefix, cancel);
        var functions = new CostFunctions(account, prefix, store, time);

        // As AppStorage of the functions does with its first invocation.
        await account.Queue(CommandsOf(prefix)).CreateAsync(cancel);
        await new TableBatchLog(account, prefix).CreateAsync(cancel);
        await functions.Beats.CreateAsync(cancel);
        await functions.Poison.CreateAsync(cancel);
        await account.Container(prefix + "-backtests").CreateAsync(cancel);
        return functions;
    }

    /// <summary>Takes messages in as the queue trigger does, one at a time; how many.</summary>
    /// <param name="count">So many are waited for.</param>
    /// <param name="cancel">Ends the work.</param>
    public async Task TakeAsync(int count, CancellationToken cancel)
    {
        for (var taken = 0; taken < count;)
        {
            foreach (var message in await _queue.ReceiveAsync(1, TimeSpan.FromMinutes(10), cancel))
            {
                await Desk.HandleAsync(message.Body, message.Id, message.Deliveries, cancel);
                await _queue.DeleteAsync(message, cancel);
                taken++;
            }
        }
    }

    /// <summary>Lets the timers of orchestrations ring.</summary>
    public Task PassAsync(long nowMs, CancellationToken cancel) => _orchestrations.PassAsync(nowMs, cancel);

    public void Dispose()
    {
        Runner.Dispose();
        _orchestrations.Dispose();
        _store.Dispose();
    }

    internal sealed class Counted(ICommandSender next) : ICommandSender
    {
        public int Count { get; private set; }

        public Task SendAsync(string id, SidecarCommand command, CancellationToken cancel = default)
        {
            Count++;
            return next.SendAsync(id, command, cancel);
        }
    }

    internal sealed class CountedOrchestrations(ISignalOrchestrations next) : ISignalOrchestrations
    {
        public int Starts { get; private set; }

        public int Events { get; private set; }

        public Task StartAsync(TrackedSignal begun, CancellationToken cancel = default)
        {
            Starts++;
            return next.StartAsync(begun, cancel);
        }

        public Task RaiseAsync(string signalId, SignalMessage message, CancellationToken cancel = default)
        {
            Events++;
            return next.RaiseAsync(signalId, message, cancel);
        }
    }

    /// <summary>In memory, because the durable backend keeps it elsewhere; a timer is set with each new deadline.</summary>
    private sealed class Tracking : ITrackingStore
    {
        private readonly Dictionary<string, TrackedSignal> _kept = new(StringComparer.Ordinal);

        public int Timers { get; private set; }

        public Task<IReadOnlyList<TrackedSignal>> LoadOpenAsync(CancellationToken cancel = default) =>
            Task.FromResult<IReadOnlyList<TrackedSignal>>([.. _kept.Values.Where(state => !state.IsOver)]);

        public Task<TrackedSignal?> FindAsync(string signalId, CancellationToken cancel = default) => Task.FromResult(_kept.GetValueOrDefault(signalId));

        public Task SaveAsync(TrackedSignal state, CancellationToken cancel = default)
        {
            if (!state.IsOver && _kept.GetValueOrDefault(state.Now.SignalId)?.DeadlineMs != state.DeadlineMs) Timers++;
            _kept[state.Now.SignalId] = state;
            return Task.CompletedTask;
        }

        public Task<int> ForgetAsync(long overBeforeMs, CancellationToken cancel = default) => Task.FromResult(0);
    }
}
