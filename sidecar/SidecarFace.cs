using FuturesBot.Adapters.Logs;
using FuturesBot.Adapters.Sessions;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Running;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Sidecar;

/// <summary>
/// What people see of the process: the page and, where it holds the market, the chat. Both read the follower's kernel; when that is
/// replaced, so is what reads it, after the former was let go.
/// </summary>
internal sealed partial class SidecarFace(
    SidecarSettings settings, SidecarStores stores, ExchangeSession session, FrontDoor door, RunAlerts alerts, LogEffects files,
    ILoggerFactory loggers, Action<ILoggingBuilder> webLogs, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan ChatAgain = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _turn = new(1, 1);   // one change of the face after another
    private readonly long _startedAtMs = time.GetUtcNow().ToUnixTimeMilliseconds();
    private readonly ILogger _log = loggers.CreateLogger("FuturesBot.Sidecar");
    private readonly ChatEffects _effects = new(files);
    private readonly StoredBacktests _backtests = ShownBacktests.Page(stores.Backtests, settings.Bot.Telegram.Webhook, time);
    private readonly ActionPriceLog _logs = new(
        stores.ActionPrice, settings.Bot.Retention.ClosedSignalDays, new RunLogs(settings.Bot.Logs.Folder));

    private MarketHolder _holder = null!;
    private PartsWatch _parts = null!;
    private SidecarState _state = null!;
    private volatile MarketRunner? _runner;
    private volatile IFollowed? _last;   // of the kernel before this one
    private PageSources? _shown;
    private ChatSession? _chat;
    private IExchangeClock? _clock;
    private Task _changing = Task.CompletedTask;
    private volatile bool _isHeld;

    /// <summary>What the follower's kernel says of its symbols, and the last one while it has none.</summary>
    public IFollowed Followed => _runner ?? _last ?? throw new InvalidOperationException("The follower's kernel was not opened yet");

    /// <summary>
    /// The market is in hand, and whoever is told of it has been opened: what is asked for before would be missing in the chat.
    /// </summary>
    public bool IsOpen => _isHeld && _changing.IsCompleted;

    /// <summary>The follower's kernel; null while it has none.</summary>
    public MarketRunner? Shown => _runner;

    /// <summary>Messages that wait to be sent; null where this process does not speak in the chat.</summary>
    public int? WaitingMessages => _chat?.Read().Waiting;

    /// <summary>Hears what is new for open pages.</summary>
    public IRunListener? Listener => _shown?.Page;

    /// <summary>What others ask for.</summary>
    public SidecarCommands? Commands { get; private set; }

    /// <summary>Market time as it passes, once the market is followed.</summary>
    public IExchangeClock? Clock
    {
        set
        {
            _clock = value;
            if (_shown is not null) _shown.Page.Clock = value;
        }
    }

    /// <summary>Before the first kernel is shown.</summary>
    public void Begin(MarketHolder holder, PartsWatch parts, PriceWatch levels, SidecarState state)
    {
        (_holder, _parts, _state) = (holder, parts, state);
        Commands = new(
            settings, stores, session, holder, levels, () => IsOpen, () => Followed, () => _chat, new KeptEffects(_effects, stores.ActionPrice, _logs), alerts, time);
    }

    /// <summary>Puts a page over this kernel behind the door.</summary>
    public async Task ShowAsync(MarketRunner runner, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            _runner = runner;
            session.Received = runner.Latency.Received.Add;
            var old = _shown;
            var shown = new PageSources(runner, stores.Store, stores.Store, new(ModeOf(settings), session.Speed, SidecarProcess.Version, _startedAtMs, time)
            {
                Exchange = session,
                Chat = () => _chat,
                NoChat = WhyNoChat,
                IsFollower = true,
                IsWrittenElsewhere = () => !_isHeld,
                Running = session.Feed.Running,
                Parts = _parts.Health,
            });
            shown.Page.Clock = _clock;
            _shown = shown;
            runner.Tell(shown.Page);
            runner.HaltChanged = halt => _chat?.TellHalt(runner, halt);
            await _logs.LoadAsync(runner.NowMs, cancel);
            alerts.Runner = runner;
            if (_chat is not null) await _chat.ServeAsync(runner, BookOf(runner, _chat), cancel);
            await door.ShowAsync(
                DashboardHost.Create(
                    shown.Sources with
                    {
                        Parts = _parts,
                        Settings = settings.Shown,
                        Backtests = _backtests,
                        Readiness = () => _state.Now,
                        Logs = _logs,
                        Audit = new AuditFile(Path.Combine(settings.State, "audit.jsonl"), _log),
                    },
                    door.Options, time, webLogs),
                cancel);
            old?.Dispose();
            _state.Resume();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Lets the kernel go, because another will be read: with 500 symbols two of them do not fit beside each other. Until that one is shown
    /// the page says so, and the chat too.
    /// </summary>
    public async Task RestAsync(CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            if (_runner is null) return;
            _state.Rest("The second computation begins again from the committed state; the page comes back with it");
            _last = FollowedLast.Of(_runner);
            session.Received = null;
            alerts.Runner = null;
            _chat?.Rest();
            await door.HideAsync(cancel);
            _shown?.Dispose();
            (_shown, _runner) = (null, null);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The market was taken in hand, or let go: only its holder speaks in the chat. Returns at once.</summary>
    public void Hold(bool isHeld)
    {
        var before = _changing;
        if (!isHeld) _isHeld = false;   // what is being opened for nobody any more ends by this
        _changing = Task.Run(async () =>
        {
            await before;
            await (isHeld ? OpenChatAsync() : CloseChatAsync());
        });
        _isHeld = isHeld;
    }

    public async ValueTask DisposeAsync()
    {
        _isHeld = false;
        await _changing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_chat is not null && _runner is not null) _chat.TellStop(_runner, fault: null);
        await CloseChatAsync();
        alerts.Runner = null;
        _shown?.Dispose();
        _backtests.Dispose();
        _turn.Dispose();
    }

    /// <summary>Opens the chat and reads what others have told, and tries again while storage is away and the market is in hand.</summary>
    private async Task OpenChatAsync()
    {
        while (!await TryOpenChatAsync())
        {
            for (var waited = TimeSpan.Zero; _isHeld && waited < ChatAgain; waited += Look) await Task.Delay(Look, time);
            if (!_isHeld) return;
        }
    }

    /// <summary>False when it is to be tried again.</summary>
    private async Task<bool> TryOpenChatAsync()
    {
        if (_chat is not null) return true;
        await _turn.WaitAsync();
        try
        {
            if (_runner is not { } runner) return false;   // there is nobody to speak for
            await _logs.LoadAsync(runner.NowMs, CancellationToken.None);   // what the holder before has carried out
            var chat = await ChatSession.OpenAsync(
                new(settings.Bot.Telegram, stores.Outbox, stores.Values, ModeOf(settings) == "signals" ? AccountKind.Signals : AccountKind.Paper, loggers, time),
                CancellationToken.None);
            if (chat is null) return true;
            await chat.ServeAsync(runner, BookOf(runner, chat), CancellationToken.None);
            _effects.Chat = alerts.Chat = _chat = chat;
            chat.Start();
            chat.TellStart(runner, SidecarProcess.Version, settings.Bot.Context.OrderBooks);
            return true;
        }
        catch (Exception e) when (Patience.IsPassing(e) || e is InvalidDataException)
        {
            LogNoChat(_log, e);   // messages wait in the outbox meanwhile
            return e is InvalidDataException;   // which stays so: commands must not wait for it
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task CloseChatAsync()
    {
        if (_chat is not { } chat) return;
        _effects.Chat = alerts.Chat = _chat = null;
        await chat.DisposeAsync();
    }

    private string WhyNoChat() => !settings.Bot.Telegram.Enabled ? "switched off by 'telegram.enabled'"
        : !_holder.IsHolder ? "only the process that holds the market speaks"
        : Environment.GetEnvironmentVariable(TelegramKeys.TokenVariable) is null or "" ? $"{TelegramKeys.TokenVariable} is not set"
        : "it could not be opened; the log says why";

    private RunnerBook BookOf(MarketRunner runner, ChatSession chat) => new(runner, new()
    {
        Mode = ModeOf(settings),
        Version = SidecarProcess.Version,
        Speed = session.Speed,
        Zone = KyivTime.Zone,
        Time = time,
        Clock = () => _clock,
        Messenger = chat.Read,
        Wire = new ExchangeNotes(session),
        SetHalt = (halt, cancel) => _holder.TellAsync(batch => batch with { Halt = new(halt) }, cancel),
    });

    private static string ModeOf(SidecarSettings settings) => settings.Bot.Mode.ToString().ToLowerInvariant();

    [LoggerMessage(4050, LogLevel.Error, "The chat could not be opened; its messages wait in the outbox")]
    private static partial void LogNoChat(ILogger log, Exception fault);
}
