using System.Text.Json;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Logs;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>
/// What one process computes, with nothing but memory and nobody to kill it, of the batches of a shard and the past that is stored: the
/// ledger's end, the signals, what their orchestrations became, and every command that followed.
/// </summary>
internal sealed class Undisturbed : ITrackingStore, ICommandSender, IDisposable
{
    private readonly Dictionary<string, TrackedSignal> _tracked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SidecarCommand> _commands = new(StringComparer.Ordinal);
    private readonly LocalOrchestrations _orchestrations;
    private readonly ShardRunner _runner;
    private readonly MemorySignalStore _signals = new(new MemoryCandleStore());

    private Undisturbed(StorageAccount account, AzureStore stored, BotOptions bot)
    {
        _orchestrations = new(this, this, _signals);
        _runner = new(new()
        {
            Shard = bot.Sidecar.Shard,
            Options = bot.Kernel,
            LedgerDepth = bot.Ledger.Depth,
            Log = new TableBatchLog(account),
            Signals = _signals,
            Candles = stored,
            OpenLedger = () => new NullLedgerStream(),
            Effects = new OrchestratedEffects(_orchestrations, new CommandedEffects(this)),
            Readers = KyivTime.Zone,
            Time = TimeProvider.System,
        });
    }

    public string Hash => _runner.Runner!.LedgerPosition.Hash;

    public long Lines => _runner.Runner!.LedgerPosition.Seq;

    /// <summary>The orchestrations, by signal.</summary>
    public IReadOnlyDictionary<string, TrackedSignal> Tracked => _tracked;

    /// <summary>What was asked of the sidecar, by its id.</summary>
    public IReadOnlyDictionary<string, SidecarCommand> Commands => _commands;

    /// <summary>What was to be carried out, of one kind.</summary>
    public IReadOnlyList<StoredEffect> Effects(params string[] kinds) =>
        [.. _commands.Values.OfType<SidecarCommand.CarryOut>().Select(command => command.Effect).Where(effect => kinds.Contains(effect.Kind))];

    /// <summary>Of what was to be told, that which a chat has a card for: what was refused before it had one stays silent there.</summary>
    public IReadOnlyList<StoredEffect> Cards =>
        [.. Effects(Engine.Running.Effects.Notify).Where(effect => _runner.Runner!.Signals.Find(effect.SignalId)!.Events.Any(one => one is SignalEvent.EntryPlaced))];

    /// <param name="account">Where batches and past are.</param>
    /// <param name="stored">The past.</param>
    /// <param name="bot">The settings of those that were killed.</param>
    /// <param name="batches">All of them.</param>
    public static async Task<Undisturbed> RunAsync(StorageAccount account, AzureStore stored, BotOptions bot, IReadOnlyList<MarketBatch> batches)
    {
        var run = new Undisturbed(account, stored, bot);
        foreach (var batch in batches) Assert.Equal(1, (await run._runner.TakeAsync(batch, TestContext.Current.CancellationToken)).Taken);
        return run;
    }

    public Task<IReadOnlyList<string>> SignalsAsync() => SignalsAsync(_signals);

    /// <summary>Every signal of a store as a line.</summary>
    public static async Task<IReadOnlyList<string>> SignalsAsync(ISignalStore store)
    {
        var cancel = TestContext.Current.CancellationToken;
        var all = (await store.LoadOpenAsync(cancel)).Concat(await store.LoadClosedAsync(10_000, cancel: cancel));
        return [.. all.Select(signal => $"{signal.Id} {signal.DecidedAtMs} {signal.ClosedAtMs} {signal.Version} {signal.StateJson}").Order(StringComparer.Ordinal)];
    }

    /// <summary>An orchestration as a line.</summary>
    public static string LineOf(TrackedSignal state) => JsonSerializer.Serialize(state, SignalJson.Options);

    public Task<IReadOnlyList<TrackedSignal>> LoadOpenAsync(CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<TrackedSignal>>([.. _tracked.Values.Where(state => !state.IsOver)]);

    public Task<TrackedSignal?> FindAsync(string signalId, CancellationToken cancel = default) => Task.FromResult(_tracked.GetValueOrDefault(signalId));

    public Task SaveAsync(TrackedSignal state, CancellationToken cancel = default)
    {
        _tracked[state.Now.SignalId] = state;
        return Task.CompletedTask;
    }

    public Task<int> ForgetAsync(long overBeforeMs, CancellationToken cancel = default) => Task.FromResult(0);

    public Task SendAsync(string id, SidecarCommand command, CancellationToken cancel = default)
    {
        Assert.True(_commands.TryAdd(id, command), $"{id} was asked for twice");
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _runner.Dispose();
        _orchestrations.Dispose();
    }
}
