using System.Reflection;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Logs;
using FuturesBot.Adapters.Sessions;
using FuturesBot.Adapters.Telemetry;
using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Running;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Telemetry;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Sidecar;

/// <summary>
/// The sidecar from start to end: it reaches storage and the exchange, loads the past, follows the shard's kernel, stands by until the
/// market is free, and then holds it.
/// </summary>
internal sealed partial class SidecarProcess : IAsyncDisposable
{
    private static readonly TimeSpan RefusedAgain = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan UnreachedAgain = TimeSpan.FromSeconds(5);

    // Beyond what clocks may differ by, an exchange whose time lies before the last closing time is another market, or has begun anew.
    private static readonly TimeSpan BehindMax = TimeSpan.FromMinutes(1);

    // Of the 25 s in which a process has to end: for what is in hand; giving the market back and the last words take the rest.
    private static readonly TimeSpan FinishMax = TimeSpan.FromSeconds(10);

    private readonly SidecarSettings _settings;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _hurry = new();
    private readonly ILoggerFactory _loggers;
    private readonly Action<ILoggingBuilder> _webLogs;
    private readonly ILogger _log;
    private readonly Patience _patience;
    private readonly RunAlerts _alerts;
    private readonly LogEffects _files;
    private FrontDoor? _door;
    private SidecarFace? _face;

    /// <param name="settings">What it was asked for, checked.</param>
    /// <param name="loggers">Where it logs.</param>
    /// <param name="webLogs">Where its web server logs.</param>
    /// <param name="time">Wall time.</param>
    public SidecarProcess(SidecarSettings settings, ILoggerFactory loggers, Action<ILoggingBuilder> webLogs, TimeProvider time)
    {
        (_settings, _loggers, _webLogs, _time) = (settings, loggers, webLogs, time);
        _log = loggers.CreateLogger("FuturesBot.Sidecar");
        _patience = new(_log, time);
        var folder = settings.Bot.Logs.Folder;
        _alerts = new(Path.Combine(folder, LogEffects.NotifyFile), _log, time);
        _files = new(folder, _log, loggers.CreateLogger(HostLogs.ActionPriceCategory));
    }

    /// <summary>As it is told to people.</summary>
    public static string Version { get; } = typeof(SidecarProcess).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    /// <summary>What it is at the moment.</summary>
    public SidecarState State { get; } = new();

    /// <summary>The follower's kernel; null while it has none.</summary>
    public MarketRunner? Kernel => _face?.Shown;

    /// <summary>Works until it is asked to end, and then ends in order, within 25 s.</summary>
    /// <param name="open">Opens the storage; asked again while that does not answer.</param>
    /// <param name="onOpen">Told the page's address, before anything is loaded.</param>
    /// <param name="stop">Asks it to end.</param>
    /// <exception cref="IOException">The page's port is taken.</exception>
    public async Task RunAsync(Func<CancellationToken, Task<SidecarStores>> open, Action<string>? onOpen, CancellationToken stop)
    {
        _door = await FrontDoor.OpenAsync(State, _settings.Page, _webLogs, _time, stop);
        onOpen?.Invoke(_door.Address);
        try
        {
            State.Wait("storage", "The storage account does not answer yet, or does not let this process in");
            var stores = await _patience.AskAsync("opening the storage", open, stop);
            while (!await FollowAsync(stores, stop)) LogAgain(_log);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to end.
        }
        finally
        {
            State.End();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_door is not null) await _door.DisposeAsync();
        _hurry.Dispose();
    }

    /// <summary>Follows the market until it is asked to end; false when it has to begin anew, because another process has begun the shard.</summary>
    private async Task<bool> FollowAsync(SidecarStores stores, CancellationToken stop)
    {
        var (bot, shard) = (_settings.Bot, _settings.Bot.Sidecar.Shard);
        var setup = await _patience.AskAsync("reading the shard", cancel => stores.Log.SetupAsync(shard, cancel), stop);
        var (session, headMs) = await ReachAsync(stores, setup, stop);
        await using var reached = session;
        session.IsKeeper = false;
        await foreach (var _ in session.LoadAsync(headMs, done => State.Wait("loading", TextOf(done)), stop)) continue;

        using var reader = new MarketReader(session.Feed);
        using var follower = new Follower(new()
        {
            Shard = shard,
            Options = bot.Kernel,
            LedgerDepth = bot.Ledger.Depth,
            Log = stores.Log,
            Committed = stores.Store,
            Candles = stores.Store,
            Shelf = ShelfDepth.OnDemand(bot.Sidecar.ChartCandles, bot.Sidecar.Charts, PortfolioDetails.ClusterHours),
            Readers = KyivTime.Zone,
            Time = _time,
        });
        await using var face = new SidecarFace(_settings, stores, session, _door!, _alerts, _files, _loggers, _webLogs, _time);
        _face = face;
        LeaseKeeper? keeper = null;
        var levels = new PriceWatch(stores.Watches(shard), stores.Store, _log);
        session.Heard = levels.Hear;
        var holder = new MarketHolder(new()
        {
            Shard = shard,
            Reader = reader,
            Follower = follower,
            Runner = () => face.Shown,
            Followed = () => face.Followed,
            Listener = () => face.Listener,
            Watched = () => levels.Symbols,
            Batches = stores.Log,
            Store = stores.Store,
            Patience = _patience,
            Lost = () => keeper?.Forget(),
            Changed = isHeld => Changed(isHeld, session, face),
            Hurry = _hurry.Token,
            Log = _log,
            Time = _time,
        });
        var parts = new PartsWatch(
            stores.Beats, stores.Poison, follower, holder.FollowAnewAsync, () => holder.HeadNumber, () => holder.IsHolder, _alerts,
            _settings.LookEvery, _log, _time);
        face.Begin(holder, parts, levels, State);
        session.Followed = () => face.Followed;
        follower.Replaced = runner => runner is null ? MakeRoomAsync(face, stop) : face.ShowAsync(runner, stop);
        using var gauges = new Gauges().AddRunner(() => face.Shown, _time).AddExchange(session).AddBeats(() => parts.Signs, _time).AddWatchdog(() => parts.Silent)
            .Add(Metrics.OutboxWaiting, () => face.WaitingMessages ?? double.NaN);

        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);   // the shard, by this process
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        keeper = new(
            stores.Lease, cancel => stores.TakeShardAsync(shard, cancel),
            async (writer, cancel) =>
            {
                if (setup is null && !begun.Task.IsCompleted)
                {
                    if (await stores.Log.SetupAsync(shard, cancel) is null)
                        await _patience.AskAsync("beginning the shard", again => writer.BeginAsync(new(session.Identity, session.Feed.Listings), again), cancel);
                    begun.TrySetResult();
                }

                await opened.Task.WaitAsync(cancel);
                await _patience.AskAsync("reading what is watched", levels.RestoreAsync, cancel);
                await holder.TakeAsync(new(writer, stores.Log, shard, holder.Known, holder.Busy, _patience, _time), cancel);
            },
            holder.Drop, _log);

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var keeping = Task.Run(() => keeper.RunAsync(ends.Token), CancellationToken.None);
        try
        {
            if (setup is null && !await IsBegunHereAsync(stores, session, begun.Task, stop)) return false;
            State.Wait("following", "The kernel's state is being read, and what was published since");
            await _patience.AskAsync("reading the kernel's state", follower.OpenAsync, stop);
            await _patience.AskAsync("following the shard", follower.CatchUpAsync, stop);
            await session.StartAsync(new ShardChanges(holder, () => face.Shown), isByClock: false, stop);
            face.Clock = session.Clock;
            State.StandBy();
            opened.TrySetResult();
            Task[] works =
            [
                Task.Run(() => reader.RunAsync(ends.Token), CancellationToken.None),
                Task.Run(() => holder.RunAsync(ends.Token), CancellationToken.None),
                Task.Run(() => parts.RunAsync(ends.Token), CancellationToken.None),
                Task.Run(() => levels.RunAsync(holder, ends.Token), CancellationToken.None),
                Task.Run(() => face.Commands!.RunAsync(ends.Token), CancellationToken.None),
                keeping,
            ];
            var first = await Task.WhenAny([.. works, Task.Delay(Timeout.Infinite, stop)]);
            State.End();
            // What is in hand is finished, and nothing begun any more: then the market can be another's.
            _hurry.CancelAfter(FinishMax);
            await ends.CancelAsync();
            foreach (var work in works) await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested) await first;   // a fault: whoever started us has to know
            return true;
        }
        finally
        {
            await ends.CancelAsync();
            await keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);   // and gives the market back
        }
    }

    /// <summary>Lets the kernel go, and has its memory taken back before the next one is read.</summary>
    private static async Task MakeRoomAsync(SidecarFace face, CancellationToken stop)
    {
        await face.RestAsync(stop);
        await Task.Yield();   // whoever has just let go may still have it on its stack
        // By itself the collector waits until its limit is near, so that the next kernel comes to lie beside the remains of this one: with 500
        // symbols the process took 450 MiB instead of 410 (docs/costs.md). It holds everything up for 0.15 s of a core, once in ten minutes at most.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
    }

    private void Changed(bool isHeld, ExchangeSession session, SidecarFace face)
    {
        session.IsKeeper = isHeld;
        if (State.Now.Status == "ending") return;
        if (isHeld) State.Hold();
        else State.StandBy();
        face.Hold(isHeld);
    }

    /// <summary>
    /// Reaches the exchange, however long that takes. One that refuses this place is asked again now and then: the process stays, says why
    /// it is not ready, and whoever deploys it sees the reason.
    /// </summary>
    private async Task<(ExchangeSession Session, long? HeadMs)> ReachAsync(SidecarStores stores, ShardSetup? setup, CancellationToken stop)
    {
        var bot = _settings.Bot;
        var options = bot.Sidecar;
        var venue = Enum.Parse<ExchangeVenue>(options.Exchange, ignoreCase: true);
        while (true)
        {
            State.Wait("connecting", "The exchange is being reached");
            var head = await _patience.AskAsync("reading the shard", cancel => stores.Log.HeadAsync(options.Shard, cancel), stop);
            var listings = await _patience.AskAsync("reading the symbols", cancel => StoredRun.FindListingsAsync(stores.Store, cancel), stop);
            long? headMs = head is { CloseMs: > 0 } ? head.CloseMs : null;
            try
            {
                var session = await ExchangeSession.OpenAsync(
                    new()
                    {
                        Bot = bot,
                        Exchange = options.Exchange,
                        Addresses = ExchangeAddresses.For(venue, bot.Exchange),
                        Keys = venue == ExchangeVenue.Simulated ? BinanceKeys.Simulator : null,
                        Proxy = ExchangeProxy.From(bot.Exchange, BotConfiguration.ProcessEnvironment()),
                        Speed = options.Speed,
                        Identity = setup?.Identity,
                        Listings = setup is null ? null : listings ?? setup.Listings,
                        ResumeMs = headMs,
                        ReplayDays = 0,   // nobody acts on what is decided on the past
                        Candles = stores.Store,
                        Values = stores.Values,
                        BanMemory = new KeptBan(
                            stores.Values, options.Exchange, new BanFile(Path.Combine(_settings.State, $"ban-{options.Exchange}")), _patience, _hurry.Token),
                        ArchiveFolder = Path.Combine(_settings.State, "archive"),
                        Alerts = _alerts,
                        Logs = _loggers,
                        Time = _time,
                    },
                    stop);
                if (headMs is not { } closedMs || closedMs - session.Clock.NowMs <= BehindMax.TotalMilliseconds) return (session, headMs);
                var reason = BehindOf(session.Clock.NowMs, closedMs);
                await session.DisposeAsync();
                LogBehind(_log, reason);
                State.Wait("connecting", reason);
                await Task.Delay(UnreachedAgain, _time, stop);
            }
            catch (ExchangeException e)
            {
                var isRefused = e.Fault == ExchangeFault.Forbidden;
                LogUnreached(_log, e);
                State.Wait(isRefused ? "refused" : "connecting", isRefused
                    ? $"The exchange refuses this place or address: {e.Message}. Another region or address is needed"
                    : $"The exchange cannot be reached: {e.Message}");
                await Task.Delay(isRefused ? RefusedAgain : UnreachedAgain, _time, stop);
            }
        }
    }

    /// <summary>Waits until the shard is begun; false when another process has done it, with its own symbols and beginning.</summary>
    private async Task<bool> IsBegunHereAsync(SidecarStores stores, ExchangeSession session, Task begun, CancellationToken stop)
    {
        State.Wait("following", "Another process holds the market and has not begun the shard yet");
        while (true)
        {
            var there = await _patience.AskAsync("looking whether the shard is begun", cancel => stores.Log.SetupAsync(_settings.Bot.Sidecar.Shard, cancel), stop);
            if (there is not null) return there.Identity == session.Identity && there.Listings.SequenceEqual(session.Feed.Listings);
            await Task.WhenAny(begun, Task.Delay(TimeSpan.FromSeconds(1), _time, stop));
            stop.ThrowIfCancellationRequested();
        }
    }

    private static string BehindOf(long exchangeMs, long closedMs) => FormattableString.Invariant(
        $"The exchange's time is {DateTimeOffset.FromUnixTimeMilliseconds(exchangeMs):u}, and {DateTimeOffset.FromUnixTimeMilliseconds(closedMs):u} has closed already: its market is another one, or has begun anew. It is waited for until it is there");

    private static string TextOf(Engine.Ingestion.LoadProgress done) => FormattableString.Invariant(
        $"The past is being loaded: {done.Done} of {done.Total} symbols, {done.Left?.TotalSeconds ?? 0:0} s left");

    [LoggerMessage(4040, LogLevel.Warning, "The exchange was not reached")]
    private static partial void LogUnreached(ILogger log, Exception fault);

    [LoggerMessage(4042, LogLevel.Warning, "{Reason}")]
    private static partial void LogBehind(ILogger log, string reason);

    [LoggerMessage(4041, LogLevel.Information, "Another process has begun the shard; this one follows it")]
    private static partial void LogAgain(ILogger log);
}
