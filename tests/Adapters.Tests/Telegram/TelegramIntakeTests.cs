using System.Collections.Concurrent;
using System.Text;
using FuturesBot.Adapters.Sqlite;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Adapters.Tests.Telegram;

public sealed class TelegramIntakeTests : IDisposable, IChatListener
{
    private const long Person = 5;
    private const string Secret = "The-Secret_of_the_hook";

    private readonly TempFolder _folder = new();
    private readonly ConcurrentQueue<ChatUpdate> _asked = new();
    private readonly List<(long Chat, long User)> _strangers = [];
    private readonly List<Exception> _faults = [];

    public void Dispose() => _folder.Dispose();

    void IChatListener.Stranger(long chatId, long userId) => _strangers.Add((chatId, userId));

    void IChatListener.Unanswered(ChatUpdate update, Exception fault) => _faults.Add(fault);

    [Fact]
    public async Task Polling_TextsAndPresses_AreAnsweredOnceAcrossRestarts()
    {
        await using var wired = await Wired.StartAsync(new() { PollSeconds = 1 });
        using (var store = Open())
        {
            var outbox = new SqliteOutbox(store);
            await RunUntilAsync(wired, outbox, () => HasAnswer(wired, "/status"), start: () =>
            {
                wired.Server.Say(Person, Person, "/status");
                wired.Server.Say(66, 66, "/status");       // a stranger
                wired.Server.Say(Person, Person, "/old", atMs: DateTimeOffset.UnixEpoch.ToUnixTimeMilliseconds());
            });
            await RunUntilAsync(wired, outbox, () => wired.Server.Answered.Count == 1 && HasAnswer(wired, "run:more"), start: () => { }, live: () =>
                wired.Server.Press(Person, Person, wired.Server.Messages(Person)[^1].Id, "run:more"));
        }

        using (var store = Open())
        {
            var outbox = new SqliteOutbox(store);
            await RunUntilAsync(wired, outbox, () => HasAnswer(wired, "/last"), start: () => wired.Server.Say(Person, Person, "/last"));
        }

        Assert.Equal(["/status", "run:more", "/last"], _asked.Select(one => one.Press?.Data ?? one.Text));
        Assert.Equal([(66L, 66L)], _strangers);
        Assert.Equal("noted", wired.Server.Answered[0].Text);
        var own = wired.Server.Messages(Person).Where(message => !message.IsFromUser).Select(message => message.Text);
        Assert.Equal(["answer to run:more", "answer to /last"], own);   // the press edited the first answer
        Assert.DoesNotContain(wired.Server.Messages(66), message => !message.IsFromUser);
    }

    [Fact]
    public async Task HandleAsync_WithTheSecret_AnswersOnceHoweverOftenItComes()
    {
        using var store = Open();
        using var intake = Intake(new SqliteOutbox(store), new RecordingMessenger(), seen: 0);
        var hook = new TelegramWebhook(new(Secret), intake, TimeProvider.System, NullLogger.Instance);
        for (var i = 0; i < 3; i++) Assert.Equal(WebhookAnswer.Taken, await HandleAsync(hook, Secret, Update(7, "/status")));
        Assert.Single(_asked);
        Assert.Equal(1, (await new SqliteOutbox(store).CountAsync()).Waiting);
        Assert.Equal(3, hook.Counts[WebhookAnswer.Taken]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("the-Secret_of_the_hook")]
    [InlineData("The-Secret_of_the_hook ")]
    public async Task HandleAsync_WithAnotherSecret_IsForbiddenAndNothingIsRead(string? secret)
    {
        using var store = Open();
        using var intake = Intake(new SqliteOutbox(store), new RecordingMessenger(), seen: 0);
        var hook = new TelegramWebhook(new(Secret), intake, TimeProvider.System, NullLogger.Instance);
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(Update(7, "/status")));
        Assert.Equal(WebhookAnswer.Forbidden, await hook.HandleAsync(secret, body, CancellationToken.None));
        Assert.Equal(0, body.Position);
        Assert.Empty(_asked);
    }

    [Theory]
    [InlineData("", WebhookAnswer.Malformed)]
    [InlineData("[1]", WebhookAnswer.Malformed)]
    [InlineData("{}", WebhookAnswer.Malformed)]
    [InlineData("{\"update_id\":\"7\"}", WebhookAnswer.Malformed)]
    [InlineData("{\"update_id\":7,\"message\":{\"chat\":{\"id\":5},\"date\":1,\"text\":[\"x\"]}}", WebhookAnswer.Taken)]
    [InlineData("{\"update_id\":7,\"channel_post\":{}}", WebhookAnswer.Taken)]
    [InlineData("{\"update_id\":7,\"message\":{\"chat\":{\"id\":99999999999999999999},\"date\":1,\"text\":\"x\"}}", WebhookAnswer.Taken)]
    [InlineData("{\"update_id\":7,\"message\":null}", WebhookAnswer.Taken)]
    public async Task HandleAsync_OfAnythingElse_AnswersNobody(string body, WebhookAnswer expected)
    {
        using var store = Open();
        using var intake = Intake(new SqliteOutbox(store), new RecordingMessenger(), seen: 0);
        var hook = new TelegramWebhook(new(Secret), intake, TimeProvider.System, NullLogger.Instance);
        Assert.Equal(expected, await HandleAsync(hook, Secret, body));
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task HandleAsync_OfABombOfABody_IsTooLongOrMalformed()
    {
        using var store = Open();
        using var intake = Intake(new SqliteOutbox(store), new RecordingMessenger(), seen: 0);
        var hook = new TelegramWebhook(new(Secret), intake, TimeProvider.System, NullLogger.Instance);
        Assert.Equal(WebhookAnswer.TooLong, await HandleAsync(hook, Secret, Update(7, new string('x', 300_000))));
        Assert.Equal(WebhookAnswer.Malformed, await HandleAsync(hook, Secret, new string('[', 100_000)));
        Assert.Equal(WebhookAnswer.Taken, await HandleAsync(hook, Secret, Update(7, new string('x', 5_000))));   // no text of Telegram's is so long
        Assert.Empty(_asked);
    }

    [Fact]
    public async Task HandleAsync_StoreGone_ComesLaterAndIsAnsweredThen()
    {
        var store = Open();
        var messenger = new RecordingMessenger();
        using var intake = Intake(new SqliteOutbox(store), messenger, seen: 0);
        var hook = new TelegramWebhook(new(Secret), intake, TimeProvider.System, NullLogger.Instance);
        store.Dispose();
        Assert.Equal(WebhookAnswer.Later, await HandleAsync(hook, Secret, Update(7, "/status")));
    }

    [Fact]
    public async Task TakeAsync_OfAQuestionThatBreaksTheDesk_DoesNotComeAgain()
    {
        using var store = Open();
        var outbox = new SqliteOutbox(store);
        using var intake = Intake(outbox, new RecordingMessenger(), seen: 0);
        var update = new ChatUpdate(9, Person, Person, "/break", Press: null, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        await intake.TakeAsync(update, CancellationToken.None);
        Assert.Single(_faults);
        Assert.Equal(9, await ChatIntake.LoadSeenAsync(outbox, "bot", TimeProvider.System, CancellationToken.None));
    }

    private static async Task<WebhookAnswer> HandleAsync(TelegramWebhook hook, string? secret, string body)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return await hook.HandleAsync(secret, stream, CancellationToken.None);
    }

    private static string Update(long id, string text) => $$$"""
        {"update_id":{{{id}}},"message":{"message_id":3,"from":{"id":{{{Person}}},"is_bot":false,"first_name":"U"},
         "chat":{"id":{{{Person}}},"type":"private"},"date":{{{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}}},"text":"{{{text}}}"}}
        """;

    /// <summary>Sends and hears until something is so.</summary>
    private async Task RunUntilAsync(Wired wired, SqliteOutbox outbox, Func<bool> isSo, Action start, Action? live = null)
    {
        using var ends = new CancellationTokenSource();
        var seen = await ChatIntake.LoadSeenAsync(outbox, "bot", TimeProvider.System, ends.Token);
        using var sender = new OutboxSender(new()
        {
            Outbox = outbox,
            Messenger = wired.Messenger,
            Listener = new SenderNotes(),
            Time = TimeProvider.System,
            Random = new Random(1),
        });
        using var intake = Intake(outbox, wired.Messenger, seen, sender.Wake);
        start();
        var poller = new TelegramPoller(wired.Api, intake, wired.Options, seen, TimeProvider.System, new Random(1), NullLogger.Instance);
        var loops = Task.WhenAll(sender.RunAsync(ends.Token), poller.RunAsync(ends.Token));
        // A press counts only when the backlog is read: the second question says so.
        await PollAsync(() => wired.Server.CallsOf("getUpdates") > 0 && poller.LastAnswerMs is not null);
        if (live is not null)
        {
            var before = wired.Server.CallsOf("getUpdates");
            await PollAsync(() => wired.Server.CallsOf("getUpdates") > before);
            live();
        }

        await PollAsync(isSo);
        for (var i = 0; i < 400 && (await outbox.CountAsync()).Waiting > 0; i++) await Task.Delay(25);
        await ends.CancelAsync();
        await loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static bool HasAnswer(Wired wired, string to) =>
        wired.Server.Messages(Person).Any(message => !message.IsFromUser && message.Text == $"answer to {to}");

    private static async Task PollAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 1_200 && !isSo(); i++) await Task.Delay(25);
        Assert.True(isSo(), "it did not come within half a minute");
    }

    private ChatIntake Intake(SqliteOutbox outbox, Engine.Ports.IMessenger messenger, long seen, Action? wake = null) => new(
        new(new(new HashSet<long> { Person }, new HashSet<long>(), TimeSpan.FromMinutes(10)), seen),
        (update, _) =>
        {
            if (update.Text == "/break") throw new InvalidOperationException("a bug");
            _asked.Enqueue(update);
            return Task.FromResult<IReadOnlyList<ChatReply>>(
            [
                new($"answer to {update.Press?.Data ?? update.Text}")
                {
                    Buttons = [[new("More", "run:more")]],
                    Replaces = update.Press?.MessageId,
                    AnswersPress = update.Press?.CallbackId,
                    Toast = update.Press is null ? null : "noted",
                },
            ]);
        },
        new(outbox, new(), wake ?? (() => { })), messenger, this, "bot", TimeProvider.System);

    private SqliteStore Open() => SqliteStore.Open(_folder["store.db"]);
}
