using System.Globalization;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json;
using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Logs;
using FuturesBot.Adapters.Sessions;
using FuturesBot.Adapters.Sqlite;
using FuturesBot.Adapters.Telemetry;
using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Running;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Recording;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Telemetry;
using FuturesBot.Local.Chat;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Spectre.Console;

namespace FuturesBot.Local.Running;

/// <summary>One run from start to end: store, feed, runner, page, logs.</summary>
internal sealed partial class RunSession(RunSettings settings, TimeProvider time)
{
    private const int Failed = 1;
    private const int Refused = 2;

    // Progress goes to stderr: stdout stays free for --json and for pipes.
    private readonly IAnsiConsole _screen = AnsiConsole.Create(new()
    {
        Out = new AnsiConsoleOutput(Console.Error),
        Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
        Interactive = Console.IsErrorRedirected ? InteractionSupport.No : InteractionSupport.Detect,
    });

    public async Task<int> RunAsync(CancellationToken cancel)
    {
        if (Console.IsErrorRedirected) _screen.Profile.Width = 4_096;   // lines of a log are not folded
        using var folder = StateFolder.TryTake(settings.State);
        if (folder is null)
            return Say(Refused, $"The state folder '{settings.State}' is in use by another process; stop it, or choose another with --state");

        PortHold port;
        try
        {
            port = PortHold.Take(settings.Page);
        }
        catch (SocketException e)
        {
            return SayPortTaken(e);
        }

        using var held = port;
        try
        {
            using var storage = await RunStorage.OpenAsync(settings.Bot.Storage, folder, time, cancel);
            var store = storage.Store;
            var known = await StoredRun.FindAsync(store, cancel);
            if (known is not null && Foreign(known) is { } foreign) return Say(Refused, foreign);
            return await RunAsync(storage, known, port, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return 0;   // asked to end before the market was reached; what was committed stays
        }
        catch (StoreUnavailableException e) when (settings.Bot.Storage.Kind != StorageKind.Sqlite)
        {
            return Say(Refused, e.Message);
        }
        catch (Exception e) when (e is StorageException or StoreConflictException)
        {
            return Say(Failed, $"The run ended because of its storage: {e.Message}. What was committed stays; the next start goes on from there");
        }
        catch (Exception e) when (e is StoreUnavailableException or SnapshotException or InvalidDataException or DirectoryNotFoundException or ExchangeException)
        {
            return Say(Failed, e is SnapshotException
                ? $"The state in '{settings.State}' is of another version of this program ({e.Message}); choose another with --state"
                : e.Message);
        }
    }

    private async Task<int> RunAsync(RunStorage storage, RunIdentity? known, PortHold port, CancellationToken cancel)
    {
        var store = storage.Store;
        using var logs = HostLogs.Open(settings.Bot.Logs);
        using var telemetry = TelemetryExport.Start(settings.Bot.Telemetry, "futuresbot-local", BotConfiguration.ProcessEnvironment());
        using var loggers = LoggerFactory.Create(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Debug)
                .AddFilter("Microsoft", LogLevel.Warning)   // every request to the simulated exchange would be a line
                .AddProvider(logs);
            telemetry?.AddTo(logging);
        });
        var log = loggers.CreateLogger("FuturesBot.Run");
        var alerts = new RunAlerts(Path.Combine(settings.Bot.Logs.Folder, LogEffects.NotifyFile), log, time);
        var effects = new ChatEffects(new(settings.Bot.Logs.Folder, log, loggers.CreateLogger(HostLogs.ActionPriceCategory)));
        await using var chat = await ChatSession.OpenAsync(
            new(
                settings.Bot.Telegram, store.Outbox, new RunValues(store), settings.Mode == "signals" ? AccountKind.Signals : AccountKind.Paper,
                loggers, time)
            { StandIn = stop => FakeChat.OpenAsync(time, stop) },
            cancel);
        effects.Chat = alerts.Chat = chat;
        await using var exchange = settings.Exchange == "replay"
            ? null
            : await ExchangeSession.OpenAsync(await PartsAsync(known, store, alerts, loggers, cancel), cancel);
        var (identity, feed) = exchange is null ? ReplayedFolder.Open(settings, known) : (exchange.Identity, (IMarketFeed)exchange.Feed);
        using var runner = new MarketRunner(new()
        {
            Identity = identity,
            Options = settings.Bot.Kernel,
            LedgerDepth = settings.Bot.Ledger.Depth,
            Retention = settings.Bot.Retention,
            Feed = feed,
            Signals = store,
            Candles = store,
            Ledger = storage.OpenLedger(),
            Effects = effects,
            Readers = KyivTime.Zone,
            Time = time,
        });
        if (exchange is not null) exchange.Followed = () => runner;
        using var gauges = new Gauges().AddRunner(() => runner, time);
        if (exchange is not null) gauges.AddExchange(exchange);
        if (chat is not null) gauges.Add(Metrics.OutboxWaiting, () => chat.Read().Waiting);
        using var shown = new PageSources(runner, store, store, new(
            settings.Mode, exchange?.Speed ?? settings.Speed, Version, time.GetUtcNow().ToUnixTimeMilliseconds(), time)
        {
            Exchange = exchange,
            Chat = () => chat,
            StorePath = storage.StorePath,
            Ledger = settings.Bot.Ledger.Depth == LedgerDepth.Off ? null : storage.Check(time),
        });
        var page = shown.Page;
        alerts.Runner = runner;
        if (chat is not null) await chat.ServeAsync(runner, BookOf(runner, page, exchange, chat), cancel);
        using var more = new RunSources(settings, logs, time);
        await using var web = DashboardHost.Create(
            more.Around(shown.Sources) with { Chat = chat?.Transcript }, settings.Page, time,
            logging => logging.AddProvider(logs).AddFilter((category, level) =>
                level >= (category?.StartsWith("Microsoft.", StringComparison.Ordinal) == true ? LogLevel.Warning : LogLevel.Debug)));
        try
        {
            port.Dispose();
            await web.StartAsync(cancel);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return SayPortTaken(e);   // in the moment between
        }

        chat?.Start();
        LogStart(log, identity.Exchange, identity.Seed, exchange?.Speed ?? settings.Speed, settings.Mode);
        try
        {
            await FollowAsync(runner, exchange, page, chat, Address(web), cancel);
            chat?.TellStop(runner, fault: null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            chat?.TellStop(runner, e);
            LogFailed(log, e);   // and goes on to whoever started us: a bug is not swallowed
            throw;
        }
        finally
        {
            await web.StopAsync(CancellationToken.None);
        }

        LogEnd(log, Utc(runner.NowMs));
        Summarise(runner, storage.LedgerPlace);
        return 0;
    }

    private int SayPortTaken(Exception because) => Say(
        Refused,
        $"Port {settings.Page.Port} cannot be had ({because.Message.TrimEnd('.')}); choose another with --port, such as --port {settings.Page.Port + 1}");

    private async Task FollowAsync(
        MarketRunner runner, ExchangeSession? exchange, RunDashboard page, ChatSession? chat, string address, CancellationToken cancel)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        if (settings.For is { } span) ends.CancelAfter(span);
        var continued = await runner.RestoreAsync(cancel);
        Greet(runner, address, continued);
        try
        {
            if (exchange is not null) await LoadAsync(exchange, runner, continued, page, ends.Token);
            await CatchUpAsync(runner, page, ends.Token);
            if (exchange is not null) await exchange.StartAsync(new RunnerChanges(runner, () => exchange.Feed), isByClock: true, ends.Token);
        }
        catch (OperationCanceledException) when (ends.IsCancellationRequested)
        {
            return;   // the days lived through so far are committed
        }

        var clock = exchange?.Clock ?? new MarketClock(time, settings.Speed, runner.NowMs);
        page.Clock = clock;
        if (chat is not null) runner.HaltChanged = halt => chat.TellHalt(runner, halt);
        chat?.TellStart(runner, Version, settings.Bot.Context.OrderBooks && exchange is not null);
        await runner.FollowAsync(clock, page, settings.ToMs ?? long.MaxValue - 1, ends.Token);
        if (runner.IsOver && settings.ToMs is null && !ends.IsCancellationRequested)
        {
            Tell("[grey]The recorded data has ended; the page stays. Ctrl-C ends it.[/]");
            await Task.Delay(Timeout.InfiniteTimeSpan, time, ends.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ExchangeSessionParts> PartsAsync(
        RunIdentity? known, IRunStore store, IAlerts alerts, ILoggerFactory loggers, CancellationToken cancel)
    {
        var resumeMs = known is null ? null : await StoredRun.FindPositionAsync(store, cancel);
        var venue = Enum.Parse<ExchangeVenue>(settings.Exchange, ignoreCase: true);
        var own = venue == ExchangeVenue.Simulated ? await OwnExchange.StartAsync(settings, known, resumeMs, time, loggers, cancel) : null;
        return new()
        {
            Bot = settings.Bot,
            Exchange = settings.Exchange,
            Addresses = own?.Addresses ?? ExchangeAddresses.For(venue, settings.Bot.Exchange),
            Keys = own is null ? null : BinanceKeys.Simulator,
            Proxy = own is null ? ExchangeProxy.From(settings.Bot.Exchange, BotConfiguration.ProcessEnvironment()) : null,
            Speed = own is null ? 1 : settings.Speed,
            Own = own,
            Identity = own?.Identity ?? known,
            Listings = resumeMs is null ? null : await StoredRun.FindListingsAsync(store, cancel),
            ReplayDays = settings.Bot.Ingestion.ReplayDays,
            Candles = store,
            Values = new RunValues(store),
            BanMemory = new BanFile(Path.Combine(settings.State, $"ban-{settings.Exchange}")),
            ArchiveFolder = Path.Combine(settings.State, "archive"),
            Alerts = alerts,
            Logs = loggers,
            Time = time,
        };
    }

    private RunnerBook BookOf(MarketRunner runner, RunDashboard page, ExchangeSession? exchange, ChatSession chat) => new(runner, new()
    {
        Mode = settings.Mode,
        Version = Version,
        Speed = exchange?.Speed ?? settings.Speed,
        Zone = KyivTime.Zone,
        Time = time,
        Clock = () => page.Clock,
        Messenger = chat.Read,
        Wire = exchange is null ? null : new ExchangeNotes(exchange),
    });

    private async Task LoadAsync(
        ExchangeSession exchange, MarketRunner runner, bool continued, RunDashboard page, CancellationToken cancel)
    {
        if (settings.Json || !_screen.Profile.Capabilities.Interactive)
        {
            await LoadAsync(exchange, runner, continued, done => page.Progress = PartOf(done) / 2, cancel);
            return;
        }

        await _screen.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var task = progress.AddTask("Loading the past", maxValue: 1);
            await LoadAsync(
                exchange, runner, continued,
                done =>
                {
                    page.Progress = PartOf(done) / 2;
                    task.Value = PartOf(done);
                    task.Description = Markup.Escape(TextOf(done));
                },
                cancel);
        });
    }

    private static async Task LoadAsync(
        ExchangeSession exchange, MarketRunner runner, bool continued, Action<LoadProgress> onProgress, CancellationToken cancel)
    {
        exchange.Received = runner.Latency.Received.Add;
        var loaded = exchange.LoadAsync(continued ? runner.NowMs : null, onProgress, cancel);
        if (!continued) await runner.WarmUpAsync(loaded, cancel);
        else await foreach (var _ in loaded) continue;
    }

    private static double PartOf(LoadProgress done) => done.Total == 0 ? 1 : done.Done / (double)done.Total;

    private static string TextOf(LoadProgress done) => string.Create(
        CultureInfo.InvariantCulture,
        $"Loading the past: {done.Done} of {done.Total} symbols, {done.Candles:N0} candles, {done.PerMinute:0} a minute, {done.Left?.TotalSeconds ?? 0:0} s left");

    private async Task CatchUpAsync(MarketRunner runner, RunDashboard page, CancellationToken cancel)
    {
        if (runner.NowMs >= runner.Identity.LiveFromMs) return;
        if (settings.Json || !_screen.Profile.Capabilities.Interactive)
        {
            await runner.CatchUpAsync(new Told(done => page.Progress = done), cancel);
            return;
        }

        await _screen.Progress().AutoClear(true).StartAsync(async progress =>
        {
            var task = progress.AddTask("Living through the past market days", maxValue: 1);
            await Task.Run(
                () => runner.CatchUpAsync(
                    new Told(done =>
                    {
                        page.Progress = done;
                        task.Value = done;
                    }),
                    cancel),
                cancel);
        });
    }

    private string? Foreign(RunIdentity known)
    {
        if (known.Exchange != settings.Exchange)
            return $"The state in '{settings.State}' belongs to --exchange {known.Exchange}; choose another folder with --state";
        if (settings.Seed is { } seed && known.Exchange == "simulated" && seed != known.Seed)
            return $"The state in '{settings.State}' belongs to seed {known.Seed}; leave --seed out, or choose another folder with --state";
        if (known.Exchange == "replay" && known.Data != Path.GetFullPath(settings.Data!))
            return $"The state in '{settings.State}' belongs to the data in '{known.Data}'; choose another folder with --state";
        return settings.FromMs is { } from && TimeFrame.M1.OpenOf(from) != known.LiveFromMs
            ? $"The state in '{settings.State}' began at {Utc(known.LiveFromMs)}; leave --from out, or choose another folder with --state"
            : null;
    }

    private void Greet(MarketRunner runner, string address, bool continued)
    {
        var market = runner.Identity.Exchange switch
        {
            "simulated" => $"simulated exchange, seed {runner.Identity.Seed}",
            "replay" => $"recorded market, {Markup.Escape(runner.Identity.Data)}",
            var name => $"{name} futures",
        };
        Tell(string.Create(
            CultureInfo.InvariantCulture,
            $"[bold]FuturesBot[/] {Version} · {market} · {settings.Speed:0.##}× · {settings.Mode} · {runner.Pipeline.Desks.Count} symbols"));
        Tell($"page   [link={address}]{address}[/]");
        var storage = settings.Bot.Storage;
        var kept = storage.Kind == StorageKind.Sqlite ? "" : $"{storage.Kind.ToString().ToLowerInvariant()}, tables '{storage.Prefix}…', and ";
        Tell($"state  {kept}{Markup.Escape(settings.State)}{(continued ? $", going on from {Utc(runner.NowMs)}" : "")}");
        Tell($"logs   {Markup.Escape(Path.GetFullPath(settings.Bot.Logs.Folder))}");
    }

    private void Tell(string markup)
    {
        if (!settings.Json) _screen.MarkupLine(markup);
    }

    private void Summarise(MarketRunner runner, string ledger)
    {
        var open = runner.Signals.Live.Count();
        if (settings.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                exchange = runner.Identity.Exchange,
                seed = runner.Identity.Seed,
                mode = settings.Mode,
                market_time = Utc(runner.NowMs),
                signals_open = open,
                signals_ended = runner.Signals.EndedCount,
                equity_usdt = runner.Pipeline.Account.Equity,
                ledger,
                ledger_lines = runner.LedgerPosition.Seq,
                ledger_hash = runner.LedgerPosition.Hash,
            }));
            return;
        }

        Tell($"Ended at {Utc(runner.NowMs)} of market time: {open} signals open, {runner.Signals.EndedCount} ended. The next start goes on from here.");
    }

    private static int Say(int code, string sentence)
    {
        Console.Error.WriteLine(sentence);
        return code;
    }

    private static string Version { get; } = typeof(RunSession).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private static string Utc(long ms) =>
        DateTimeOffset.FromUnixTimeMilliseconds(ms).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static string Address(WebApplication web) =>
        web.Urls.FirstOrDefault()?.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) ?? "";

    [LoggerMessage(3000, LogLevel.Information, "Started: {Exchange} market, seed {Seed}, {Speed} times, {Mode}")]
    private static partial void LogStart(ILogger log, string exchange, long seed, double speed, string mode);

    [LoggerMessage(3003, LogLevel.Critical, "The run ended with a fault; what was committed is whole")]
    private static partial void LogFailed(ILogger log, Exception fault);

    [LoggerMessage(3002, LogLevel.Information, "Ended at {MarketTime} of market time")]
    private static partial void LogEnd(ILogger log, string marketTime);

    /// <summary>Progress without a synchronisation context in between.</summary>
    private sealed class Told(Action<double> act) : IProgress<double>
    {
        public void Report(double value) => act(value);
    }
}
