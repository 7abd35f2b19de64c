using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Logs;
using FuturesBot.Adapters.Pictures;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Chat.Book;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Dashboard.Running;

/// <summary>
/// The chat of a run: what is told goes into the outbox and from there to Telegram, what is asked comes from Telegram to the
/// desk. Without a token the Telegram is a fake one of this process, and the page shows its chat. Trading waits for none of it.
/// </summary>
public sealed partial class ChatSession : IAsyncDisposable
{
    private const int NoticesMax = 1_000;   // alerts on their way to the outbox, which takes milliseconds
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FarewellMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan VoiceAgain = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _loops = [];
    private readonly Channel<OutgoingMessage> _notices = Channel.CreateBounded<OutgoingMessage>(
        new BoundedChannelOptions(NoticesMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly ChatSessionParts _parts;
    private readonly ChatSettingsBook _settings;
    private readonly IChatStandIn? _standIn;
    private readonly BotApi _api;
    private readonly Redactor _redactor;
    private readonly IOutbox _outbox;
    private readonly OutboxSender _sender;
    private readonly PostOffice _post;
    private readonly ChatGate _gate;
    private readonly ChatIntake _intake;
    private readonly TelegramPoller _poller;
    private readonly IReadOnlySet<long> _chats;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopped;
    private volatile Voice? _voice;   // null before there is a kernel, and while another is read
    private (long AtMs, int Ended)? _started;
    private Task _posting = Task.CompletedTask;
    private OutboxCounts _counts = new(0, null, 0, 0);   // read before anybody is told of it

    private ChatSession(ChatSessionParts parts, IChatStandIn? standIn, BotApi api, Redactor redactor, IOutbox outbox, string bot, long seen)
    {
        var (options, log) = (parts.Options, parts.Logs.CreateLogger("FuturesBot.Chat"));
        (_standIn, _api, _redactor, _outbox, _log, _time) = (standIn, api, redactor, outbox, log, parts.Time);
        _parts = parts;
        _stopped = _stop.Token;
        _settings = new(parts.Values, StandardOf(options));
        Transcript = standIn?.Transcript;
        _chats = standIn is null ? TelegramIds.Read(options.Chats) : new HashSet<long> { standIn.Person };
        var heard = new ChatLog(log);
        var messenger = new TelegramMessenger(api, log);
        var random = new Random(unchecked((int)parts.Time.GetTimestamp()));
        _sender = new(new()
        {
            Outbox = outbox,
            Messenger = messenger,
            Listener = heard,
            Draw = (key, chat) => _voice?.Pictures.Draw(key, chat),
            Options = options.Outbox,
            Pace = options.Pace,
            Words = DeliveryWords.For(options.Language),
            Time = parts.Time,
            Random = random,
        });
        _post = new(outbox, options.Outbox, _sender.Wake);
        var users = standIn is null ? TelegramIds.Read(options.Users) : new HashSet<long>();
        _gate = new(new(_chats, users, TimeSpan.FromMinutes(options.StaleMinutes)), seen);
        _intake = new(_gate, AnswerAsync, _post, messenger, heard, bot, parts.Time);
        _poller = new(api, _intake, options, seen, parts.Time, random, log);
    }

    /// <summary>The chat as the page shows it; null where it is a real one.</summary>
    public IChatTranscript? Transcript { get; }

    /// <summary>Null when the settings want no chat, or there is neither a token nor a stand-in.</summary>
    /// <exception cref="InvalidDataException">The environment's token or secret has a wrong form.</exception>
    public static async Task<ChatSession?> OpenAsync(ChatSessionParts parts, CancellationToken cancel)
    {
        var options = parts.Options;
        if (!options.Enabled) return null;
        var environment = BotConfiguration.ProcessEnvironment();
        var keys = KeysOf(environment);
        var outbox = parts.Outbox;
        if (keys is { } real)
        {
            var bot = BotOf(real.Token);
            var redactor = new Redactor();
            redactor.Hide(real.WebhookSecret);
            var api = new BotApi(options, real.Token, ExchangeProxy.At(options.Proxy, environment), redactor, parts.Time);
            return new(parts, standIn: null, api, redactor, outbox, bot, await ChatIntake.LoadSeenAsync(outbox, bot, parts.Time, cancel));
        }

        if (parts.StandIn is null) return null;
        var standIn = await parts.StandIn(cancel);
        var inside = new BotApi(
            options with { BaseAddress = standIn.Address.ToString().TrimEnd('/') }, new(standIn.Token), proxy: null, new(), parts.Time);
        return new(parts, standIn, inside, new(), outbox, "fake", seen: 0);
    }

    /// <summary>Says whom it speaks for; once more when that has been replaced. Effects that a crash left over are told by it, so it comes before the runner is restored.</summary>
    /// <param name="runner">The running system.</param>
    /// <param name="book">What the commands read of it.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task ServeAsync(MarketRunner runner, IChatBook book, CancellationToken cancel)
    {
        await _settings.LoadAsync(cancel);
        _counts = await _outbox.CountAsync(cancel);
        _voice = new(
            new(runner, _parts.Account, _settings, KyivTime.Zone),
            new(runner, _parts.Account, _settings, KyivTime.Zone, _parts.Options.SilentSteps),
            new(runner, new SignalPicture(), _settings.Of),
            new(new()
            {
                Book = book,
                Settings = _settings,
                Zone = KyivTime.Zone,
                Time = _time,
                RandomBelow = RandomNumberGenerator.GetInt32,
                Failed = (fault, command) => LogCommand(_log, fault, command),
            }));
    }

    /// <summary>
    /// Lets go of whom it speaks for, until it is told of another: effects that are told meanwhile wait, whoever asks hears that it reads.
    /// </summary>
    public void Rest() => _voice = null;

    /// <summary>Begins to send and to hear.</summary>
    public void Start()
    {
        if (_chats.Count == 0) LogNobody(_log);
        _loops.Add(Task.Run(() => _sender.RunAsync(_stop.Token)));
        _loops.Add(Task.Run(() => _poller.RunAsync(_stop.Token)));
        _loops.Add(_posting = Task.Run(PostNoticesAsync));
        _loops.Add(Task.Run(SetMenuAsync));
        _loops.Add(Task.Run(CountAsync));
    }

    /// <summary>Takes an update in that came another way than by asking; when this returns, it is taken in for good.</summary>
    /// <exception cref="InvalidDataException">It is no update.</exception>
    public async Task TakeAsync(string json, CancellationToken cancel)
    {
        if (UpdateText.Read(json, NowMs) is { } update) await _intake.TakeAsync(update, cancel);
    }

    /// <summary>There is something in the outbox: it is sent now.</summary>
    public void Wake() => _sender.Wake();

    /// <summary>How it does.</summary>
    public MessengerNote Read()
    {
        var (counts, updates) = (_counts, _gate.Counts);
        return new(
            counts.Waiting, counts.OldestMs is { } oldest ? TimeSpan.FromMilliseconds(Math.Max(0, NowMs - oldest)) : null,
            _sender.Delivered, _sender.GivenUp, _sender.LastDeliveredMs, _poller.LastAnswerMs,
            updates.GetValueOrDefault(ChatVerdict.Heard),
            updates.GetValueOrDefault(ChatVerdict.Stranger) + updates.GetValueOrDefault(ChatVerdict.NewStranger),
            updates.GetValueOrDefault(ChatVerdict.Repeated), updates.GetValueOrDefault(ChatVerdict.Stale), IsReal: _standIn is null);
    }

    /// <summary>The market is live: says so.</summary>
    public void TellStart(MarketRunner runner, string version, bool hasBooks)
    {
        StartFacts facts;
        lock (runner.Gate)
        {
            var open = runner.Signals.Live.Count(record => runner.StateOf(record).Live is not null);
            facts = new()
            {
                AtMs = NowMs,
                Account = _parts.Account,
                Exchange = runner.Identity.Exchange,
                Symbols = runner.Pipeline.Desks.Count,
                Strategies = [.. runner.Pipeline.Strategies.Select(strategy => strategy.Name)],
                Profile = runner.Options.Profile,
                Version = version,
                RiskPercent = (double)(runner.Options.Risk.RiskPerTrade * 100),
                Equity = _parts.Account == AccountKind.Signals ? null : runner.Pipeline.Account.Equity,
                Open = open,
                Waiting = runner.Signals.Live.Count() - open,
            };
            _started = (facts.AtMs, runner.Signals.EndedCount);
        }

        Notice($"start-{facts.AtMs}", words => new StartCard(hasBooks ? facts : facts with { Missing = [words.Say("стакан", "order book")] }).Html(words), AlertGroup.Danger, MessageRank.Normal);
    }

    /// <summary>The run ends: says so.</summary>
    /// <param name="runner">What ran.</param>
    /// <param name="fault">Null when it was asked to end.</param>
    public void TellStop(MarketRunner runner, Exception? fault)
    {
        if (_started is not var (startedMs, endedBefore)) return;   // it never said that it had started
        StopFacts facts;
        lock (runner.Gate)
        {
            var closed = runner.Signals.Ended.Take(Math.Max(0, runner.Signals.EndedCount - endedBefore))
                .Select(record => record.State).OfType<SignalState.Closed>()
                .Where(state => state.Plan.Execution == TradePlan.Primary).ToArray();
            var open = runner.Signals.Live.Count(record => runner.StateOf(record).Live is not null);
            facts = new(
                NowMs, _parts.Account, startedMs, Asked: fault is null,
                fault is null ? "" : _redactor.Clean(fault.GetType().Name + ": " + fault.Message),
                open, runner.Signals.Live.Count() - open, (double)closed.Sum(state => state.Result.NetR), closed.Length);
        }

        Notice($"stop-{facts.AtMs}", new StopCard(facts).Html, AlertGroup.Danger, MessageRank.High);
    }

    /// <summary>Puts what an effect tells into the outbox of every chat.</summary>
    public async Task TellAsync(StoredEffect effect) => await _post.PostAsync(MessagesOf(effect, await VoiceAsync(_stopped)));

    /// <summary>Waits until it speaks for a kernel.</summary>
    public async Task ReadyAsync(CancellationToken cancel) => await VoiceAsync(cancel);

    /// <summary>Takes an alert; never waits, never throws.</summary>
    public void Tell(Alert alert) => Notice(
        string.Create(CultureInfo.InvariantCulture, $"alert-{alert.Key}-{alert.AtMs}"), alert.Message.Html,
        alert.Kind is AlertKind.Ban or AlertKind.Exchange or AlertKind.Part ? AlertGroup.Danger : AlertGroup.Data, MessageRank.High);

    /// <summary>New entries are paused by hand, or allowed again: whoever did it, all chats hear of it. Called under the runner's gate.</summary>
    public void TellHalt(MarketRunner runner, EntryHalt? halt)
    {
        var live = runner.Signals.Live.Select(runner.StateOf).ToArray();
        var open = live.Count(state => state.Live is not null);
        var nowMs = NowMs;
        Notice(
            string.Create(CultureInfo.InvariantCulture, $"halt-{nowMs}"),
            new HaltMessage(nowMs, halt is not null, open, live.Length - open).Html, AlertGroup.Danger, MessageRank.High);
    }

    public async ValueTask DisposeAsync()
    {
        _notices.Writer.TryComplete();
        await FarewellAsync();
        await _stop.CancelAsync();
        foreach (var loop in _loops) await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _intake.Dispose();
        _sender.Dispose();
        _api.Dispose();
        if (_standIn is not null) await _standIn.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>Lets the last words out, if they go out at once; otherwise the next start sends them.</summary>
    private async Task FarewellAsync()
    {
        if (_loops.Count == 0) return;
        await _posting;   // ends: nothing is written to it any more
        var started = _time.GetTimestamp();
        while (_time.GetElapsedTime(started) < FarewellMax && (await _outbox.CountAsync()).Waiting > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), _time);
    }

    /// <summary>Waits while the kernel that is told of is being read: an effect that nobody tells would count as told.</summary>
    private async ValueTask<Voice> VoiceAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (_voice is { } now) return now;
            await Task.Delay(VoiceAgain, _time, cancel);
        }
    }

    private IReadOnlyList<OutgoingMessage> MessagesOf(StoredEffect effect, Voice voice)
    {
        try
        {
            return effect.Kind == Effects.Summary ? voice.Summaries.Of(effect, _chats, NowMs) : voice.Signals.Of(effect, _chats, NowMs);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // A text that cannot be written must not stop trading: the plain sentence goes out in its place.
            LogTeller(_log, fault, effect.Id);
            if (effect.Kind == Effects.Summary) return [];   // a summary has no plain sentence
            using var json = JsonDocument.Parse(effect.PayloadJson);
            var html = $"<b>{HtmlText.Escape(json.RootElement.GetProperty("symbol").GetString() ?? "")}</b>\n"
                + HtmlText.Escape(json.RootElement.GetProperty("text").GetString() ?? "");
            return [.. _chats.Select(chat => new OutgoingMessage { Id = $"{effect.Id}@{chat}", ChatId = chat, Html = html, CreatedAtMs = NowMs })];
        }
    }

    private void Notice(string id, Func<Wording, string> html, AlertGroup group, MessageRank rank)
    {
        foreach (var chat in _chats)
        {
            var chosen = _settings.Of(chat);
            if (!chosen.Wants(group)) continue;
            _notices.Writer.TryWrite(new()
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{id}@{chat}"),
                ChatId = chat,
                Html = html(new(chosen.Language, KyivTime.Zone)),
                Rank = rank,
                Silent = chosen.IsSilentAt(NowMs, KyivTime.Zone),
                CreatedAtMs = NowMs,
            });
        }
    }

    private async Task<IReadOnlyList<ChatReply>> AnswerAsync(ChatUpdate update, CancellationToken cancel) =>
        _voice is { Desk: var desk } ? await desk.AnswerAsync(update, cancel) : [Reading(update)];

    /// <summary>There is nothing to answer from just now; whoever asked must not wait for nothing.</summary>
    private ChatReply Reading(ChatUpdate update)
    {
        var text = new Wording(_settings.Of(update.ChatId).Language, KyivTime.Zone).Say(
            "Состояние сейчас читается заново: спросите через минуту. Торговли это не касается.",
            "The state is being read anew just now: ask again in a minute. Trading is not affected.");
        return update.Press is { } press ? new("") { AnswersPress = press.CallbackId, Toast = text } : new(text);
    }

    private async Task SetMenuAsync()
    {
        try
        {
            var commands = (await VoiceAsync(_stopped)).Desk.Catalog.MenuOf(new(StandardOf(_parts.Options).Language, KyivTime.Zone));
            var answer = await _api.SetMyCommandsAsync(commands.Select(one => (one.Name, one.About)), _stop.Token);
            if (answer is not BotAnswer.Done) LogMenu(_log, answer.Text);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end of the run.
        }
    }

    private async Task CountAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(CountEvery, _time, _stop.Token);
                _counts = await _outbox.CountAsync(_stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                LogUncounted(_log, fault);   // the page shows the last count; the store's own faults stop the run elsewhere
            }
        }
    }

    private static ChatSettings StandardOf(TelegramOptions options) => new()
    {
        Language = options.Language == "en" ? ChatLanguage.English : ChatLanguage.Russian,
        QuietFrom = options.QuietFromHour == options.QuietToHour ? null : options.QuietFromHour,
        QuietTo = options.QuietFromHour == options.QuietToHour ? null : options.QuietToHour,
    };

    private async Task PostNoticesAsync()
    {
        await foreach (var notice in _notices.Reader.ReadAllAsync())
        {
            try
            {
                await _post.PostAsync([notice]);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                LogUnposted(_log, fault, notice.Id);   // the log and the file of what is told have it
            }
        }
    }

    private static TelegramKeys? KeysOf(IReadOnlyDictionary<string, string> environment)
    {
        try
        {
            return TelegramKeys.FromEnvironment(environment);
        }
        catch (FormatException wrong)
        {
            throw new InvalidDataException(wrong.Message, wrong);
        }
    }

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    // The number before the colon is the bot's own and no secret.
    private static string BotOf(Secret token) => token.Reveal().Split(':')[0];

    /// <summary>All that stands on a kernel.</summary>
    private sealed record Voice(SummaryTeller Summaries, SignalTeller Signals, SignalPictures Pictures, ChatDesk Desk);

    [LoggerMessage(3210, LogLevel.Warning, "telegram.chats is empty: nobody is told anything. Write to the bot: the log then says the numbers to put there")]
    private static partial void LogNobody(ILogger log);

    [LoggerMessage(3212, LogLevel.Error, "The message of {Effect} could not be written; a plain sentence goes in its place where there is one")]
    private static partial void LogTeller(ILogger log, Exception fault, string effect);

    [LoggerMessage(3213, LogLevel.Error, "Command {Command} failed")]
    private static partial void LogCommand(ILogger log, Exception fault, string command);

    [LoggerMessage(3214, LogLevel.Warning, "Telegram did not take the menu of commands: {Why}")]
    private static partial void LogMenu(ILogger log, string why);

    [LoggerMessage(3215, LogLevel.Error, "The messages that wait could not be counted")]
    private static partial void LogUncounted(ILogger log, Exception fault);

    [LoggerMessage(3211, LogLevel.Error, "Notice {Id} could not be put into the outbox")]
    private static partial void LogUnposted(ILogger log, Exception fault, string id);
}
