using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.AzureStorage.Store;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Logs;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Local.Consuming;

/// <summary>
/// What the functions do, in one process: the kernel over the market's queue, an orchestration for each signal, timers that ask the
/// sidecar for what is due, signs of life. It speaks to storage alone.
/// </summary>
internal sealed partial class ConsumeSession(BotOptions bot, ILoggerFactory logs, TimeProvider time)
{
    private const string TimersComponent = "timers";
    private static readonly TimeSpan TimersEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RefreshLag = TimeSpan.FromSeconds(20);   // the streams come first
    private static readonly TimeSpan OverDays = TimeSpan.FromDays(30);

    private readonly ILogger _log = logs.CreateLogger("FuturesBot.Consume");

    /// <summary>Works until it is cancelled.</summary>
    /// <exception cref="StorageException">Storage does not answer at the start.</exception>
    public async Task RunAsync(CancellationToken cancel)
    {
        var prefix = bot.Storage.Prefix;
        var account = StorageAccounts.Open(bot.Storage, time);
        using var store = await AzureStore.OpenAsync(account, prefix, cancel);
        var (log, beats, poison) = (new TableBatchLog(account, prefix), new TableBeats(account, prefix), new TablePoisonShelf(account, prefix));
        var commands = new CommandQueueSender(account.Queue(MarketNames.Commands), new(account, prefix), time);
        var tracking = await TableTracking.OpenAsync(account, prefix, time, cancel);
        await log.CreateAsync(cancel);
        await beats.CreateAsync(cancel);
        await poison.CreateAsync(cancel);
        await commands.CreateAsync(cancel);
        using var orchestrations = new LocalOrchestrations(tracking, commands, store);
        using var shard = new ShardRunner(new()
        {
            Shard = bot.Sidecar.Shard,
            Options = bot.Kernel,
            LedgerDepth = bot.Ledger.Depth,
            Retention = bot.Retention,
            Log = log,
            Signals = store,
            Candles = store,
            OpenLedger = () => new LedgerPieceStream(),   // its lines are committed with the step that wrote them
            Effects = new OrchestratedEffects(orchestrations, new CommandedEffects(commands)),
            Readers = KyivTime.Zone,
            Listener = new ShardLog(_log),
            Time = time,
        });
        var consumer = new MarketConsumer(account.Queue(MarketNames.Events), new(shard, beats, poison, time), time, _log);
        await consumer.CreateAsync(cancel);
        LogStart(_log, bot.Sidecar.Shard);
        Task[] works =
        [
            Task.Run(() => consumer.RunAsync(cancel), CancellationToken.None),
            Task.Run(() => KeepTimeAsync(shard, orchestrations, tracking, commands, beats, cancel), CancellationToken.None),
        ];
        try
        {
            await await Task.WhenAny(works);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            foreach (var work in works) await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);   // what is in hand is finished
        }
    }

    private async Task KeepTimeAsync(
        ShardRunner shard, LocalOrchestrations orchestrations, TableTracking tracking, CommandQueueSender commands, TableBeats beats, CancellationToken cancel)
    {
        var (askedUntilMs, forgotDay) = (NowMs - (long)TimersEvery.TotalMilliseconds, 0L);
        while (true)
        {
            var nowMs = NowMs;
            try
            {
                foreach (var (id, command) in CommandSchedule.Due(askedUntilMs, nowMs, RefreshLag)) await commands.SendAsync(id, command, cancel);
                askedUntilMs = nowMs;
                // Market time is that of the last closing time: deadlines do not pass while nothing is known.
                if (shard.Runner is { } runner) await orchestrations.PassAsync(runner.NowMs, cancel);
                await beats.WriteAsync(new(TimersComponent, nowMs), cancel);
                await beats.WriteAsync(new(OrchestrationWatch.Component, nowMs, 0, FormattableString.Invariant($"{orchestrations.OpenCount} followed")), cancel);
                if (nowMs / 86_400_000 is var day && day != forgotDay)
                {
                    await tracking.ForgetAsync(nowMs - (long)OverDays.TotalMilliseconds, cancel);
                    forgotDay = day;
                }
            }
            catch (StorageException away)
            {
                LogAway(_log, away);   // the same is asked for again under the same ids
            }

            await Task.Delay(TimersEvery, time, cancel);
        }
    }

    private long NowMs => time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(4310, LogLevel.Information, "Waiting for batches of shard {Shard}")]
    private static partial void LogStart(ILogger log, string shard);

    [LoggerMessage(4311, LogLevel.Warning, "Storage is away; timers go on when it is back")]
    private static partial void LogAway(ILogger log, Exception fault);
}
