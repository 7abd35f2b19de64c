using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Adapters.Sqlite;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Dashboard;
using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Ports;
using FuturesBot.Simulator.Telegram;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Local.Chat;

/// <summary>
/// The chat of a run: what is told goes into the outbox and from there to Telegram, what is asked comes from Telegram to the
/// desk. Without a token the Telegram is a fake one of this process, and the page shows its chat. Trading waits for none of it.
/// </summary>
internal sealed partial class ChatSession : IAsyncDisposable
{
    private const int NoticesMax = 1_000;   // alerts on their way to the outbox, which takes milliseconds
    private static readonly TimeSpan FarewellMax = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _loops = [];
    private readonly Channel<OutgoingMessage> _notices = Channel.CreateBounded<OutgoingMessage>(
        new BoundedChannelOptions(NoticesMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly FakeTelegram? _fake;
    private readonly BotApi _api;
    private readonly SqliteOutbox _outbox;
    private readonly OutboxSender _sender;
    private readonly PostOffice _post;
    private readonly ChatIntake _intake;
    private readonly TelegramPoller _poller;
    private readonly IReadOnlySet<long> _chats;
    private readonly ILogger _log;
    private readonly TimeProvider _time;

    private ChatSession(ChatSessionParts parts, FakeTelegram? fake, BotApi api, SqliteOutbox outbox, string bot, long seen)
    {
        var (options, log) = (parts.Options, parts.Logs.CreateLogger("FuturesBot.Chat"));
        (_fake, _api, _outbox, _log, _time) = (fake, api, outbox, log, parts.Time);
        Transcript = fake is null ? null : new FakeChat(fake);
        _chats = fake is null ? TelegramIds.Read(options.Chats) : new HashSet<long> { FakeChat.Person };
        var heard = new ChatLog(log);
        var messenger = new TelegramMessenger(api, log);
        var random = new Random(unchecked((int)parts.Time.GetTimestamp()));
        _sender = new(new()
        {
            Outbox = outbox,
            Messenger = messenger,
            Listener = heard,
            Options = options.Outbox,
            Pace = options.Pace,
            Words = DeliveryWords.For(options.Language),
            Time = parts.Time,
            Random = random,
        });
        _post = new(outbox, options.Outbox, _sender.Wake);
        var users = fake is null ? TelegramIds.Read(options.Users) : new HashSet<long>();
        var gate = new ChatGate(new(_chats, users, TimeSpan.FromMinutes(options.StaleMinutes)), seen);
        _intake = new(gate, (_, _) => Task.FromResult<IReadOnlyList<ChatReply>>([]), _post, messenger, heard, bot, parts.Time);
        _poller = new(api, _intake, options, seen, parts.Time, random, log);
    }

    /// <summary>The chat as the page shows it; null where it is a real one.</summary>
    public IChatTranscript? Transcript { get; }

    /// <summary>Null when the settings want no chat.</summary>
    /// <exception cref="InvalidDataException">The environment's token or secret has a wrong form.</exception>
    public static async Task<ChatSession?> OpenAsync(ChatSessionParts parts, SqliteStore store, CancellationToken cancel)
    {
        var options = parts.Options;
        if (!options.Enabled) return null;
        var environment = BotConfiguration.ProcessEnvironment();
        var keys = KeysOf(environment);
        var outbox = new SqliteOutbox(store);
        if (keys is { } real)
        {
            var bot = BotOf(real.Token);
            var api = new BotApi(options, real.Token, ExchangeProxy.At(options.Proxy, environment), new(), parts.Time);
            return new(parts, fake: null, api, outbox, bot, await ChatIntake.LoadSeenAsync(outbox, bot, parts.Time, cancel));
        }

        var fake = await FakeTelegram.StartAsync(new(), parts.Time, logs: null, cancel);
        var fakeApi = new BotApi(
            options with { BaseAddress = fake.Address.ToString().TrimEnd('/') }, new(fake.Token), proxy: null, new(), parts.Time);
        return new(parts, fake, fakeApi, outbox, "fake", seen: 0);
    }

    /// <summary>Begins to send and to hear.</summary>
    public void Start()
    {
        if (_chats.Count == 0) LogNobody(_log);
        _loops.Add(Task.Run(() => _sender.RunAsync(_stop.Token)));
        _loops.Add(Task.Run(() => _poller.RunAsync(_stop.Token)));
        _loops.Add(Task.Run(PostNoticesAsync));
    }

    /// <summary>Puts what an effect tells into the outbox of every chat.</summary>
    public async Task TellAsync(StoredEffect effect)
    {
        using var json = JsonDocument.Parse(effect.PayloadJson);
        var html = $"<b>{HtmlText.Escape(json.RootElement.GetProperty("symbol").GetString() ?? "")}</b>\n"
            + HtmlText.Escape(json.RootElement.GetProperty("text").GetString() ?? "");
        await _post.PostAsync(_chats.Select(chat => new OutgoingMessage
        {
            Id = $"{effect.Id}@{chat}",
            ChatId = chat,
            Html = html,
            CreatedAtMs = NowMs,
        }));
    }

    /// <summary>Takes an alert; never waits, never throws.</summary>
    public void Tell(Alert alert, string text)
    {
        foreach (var chat in _chats)
        {
            _notices.Writer.TryWrite(new()
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"alert-{alert.Key}-{alert.AtMs}@{chat}"),
                ChatId = chat,
                Html = "⚠️ " + HtmlText.Escape(text),
                Rank = MessageRank.High,
                CreatedAtMs = alert.AtMs,
            });
        }
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
        if (_fake is not null) await _fake.DisposeAsync();
        _stop.Dispose();
    }

    /// <summary>Lets the last words out, if they go out at once; otherwise the next start sends them.</summary>
    private async Task FarewellAsync()
    {
        if (_loops.Count == 0) return;
        var started = _time.GetTimestamp();
        while (_time.GetElapsedTime(started) < FarewellMax && (await _outbox.CountAsync()).Waiting > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(50), _time);
    }

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

    [LoggerMessage(3210, LogLevel.Warning, "telegram.chats is empty: nobody is told anything. Write to the bot: the log then says the numbers to put there")]
    private static partial void LogNobody(ILogger log);

    [LoggerMessage(3211, LogLevel.Error, "Notice {Id} could not be put into the outbox")]
    private static partial void LogUnposted(ILogger log, Exception fault, string id);
}
