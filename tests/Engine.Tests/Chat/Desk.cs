using FuturesBot.Engine.Running;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Chat.Book;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

/// <summary>A desk with everything that it needs, and a person who writes to it.</summary>
internal sealed class Desk : IDisposable
{
    public const long Chat = 42;
    public const long User = 7;

    /// <summary>Two hours from UTC all year, so that no snapshot knows a summer.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("Kyiv in winter", TimeSpan.FromHours(2), null, null);

    private long _update;

    public Desk(IChatBook? book = null, MemorySignalStore? store = null)
    {
        Store = store ?? new(new MemoryCandleStore());
        Settings = new(new RunValues(Store), new());
        Subject = new(new()
        {
            Book = book ?? Book,
            Settings = Settings,
            Zone = Zone,
            Time = Time,
            RandomBelow = _ => Codes.Dequeue(),
            Failed = (fault, command) => Failures.Add($"{command}: {fault.Message}"),
            BotName = "futures_test_bot",
        });
    }

    public FixedBook Book { get; } = new();

    public MemorySignalStore Store { get; }

    public ChatSettingsBook Settings { get; }

    public ChatDesk Subject { get; }

    public ManualTime Time { get; } = new();

    /// <summary>The codes that come next.</summary>
    public Queue<int> Codes { get; } = new(Enumerable.Range(1, 500).Select(i => (1_000 + (i * 37)) % 10_000));

    public List<string> Failures { get; } = [];

    public Task EnglishAsync() => Settings.ChangeAsync(Chat, known => known with { Language = ChatLanguage.English }, Cancel);

    public async Task<ChatReply> WriteAsync(string text, long user = User, long chat = Chat)
    {
        var replies = await Subject.AnswerAsync(new(++_update, chat, user, text, null, 0), Cancel);
        return Assert.Single(replies);
    }

    public async Task<ChatReply> PressAsync(string data, long message = 99)
    {
        var replies = await Subject.AnswerAsync(new(++_update, Chat, User, "", new("callback", message, data), 0), Cancel);
        return Assert.Single(replies);
    }

    public void Dispose() => Settings.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
