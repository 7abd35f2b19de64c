using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FuturesBot.Simulator.Telegram;

/// <summary>
/// Telegram's Bot API on loopback, for tests and for a run without a token: it keeps the chats, lets people write and press, and
/// goes wrong when it is told to. What it models and what not: docs/telegram.md.
/// </summary>
public sealed class FakeTelegram : IAsyncDisposable
{
    private static readonly TimeSpan ShutdownMax = TimeSpan.FromSeconds(1);

    private readonly WebApplication _server;
    private readonly TelegramChats _chats;
    private readonly TelegramDoor _door;

    private FakeTelegram(WebApplication server, TelegramChats chats, TelegramDoor door, TelegramFaults faults, FakeTelegramOptions options)
    {
        (_server, _chats, _door, Faults, Token) = (server, chats, door, faults, options.Token);
        Address = new(server.Urls.First());
    }

    /// <summary>Base address of the Bot API, such as <c>http://127.0.0.1:50123/</c>.</summary>
    public Uri Address { get; }

    /// <summary>The token that it accepts.</summary>
    public string Token { get; }

    /// <summary>Switches faults while it runs.</summary>
    public TelegramFaults Faults { get; }

    /// <summary>Grows with every change of a chat.</summary>
    public long Version => Locked(() => _chats.Version);

    /// <summary>The menu of commands, as the bot set it.</summary>
    public IReadOnlyList<(string Command, string Description)> Commands => Locked(() => _chats.Commands);

    /// <summary>Presses that were answered, with the line that showed.</summary>
    public IReadOnlyList<(string CallbackId, string? Text)> Answered => Locked(() => _chats.Answered.ToArray());

    /// <summary>Where updates are brought, and the secret that goes with them; empty when they are asked for.</summary>
    public (string Url, string Secret) Webhook => Locked(() => (_chats.WebhookUrl, _chats.WebhookSecret));

    /// <param name="options">How it starts.</param>
    /// <param name="time">Wall time.</param>
    /// <param name="logs">Null for none.</param>
    /// <param name="cancel">Gives up starting.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<FakeTelegram> StartAsync(
        FakeTelegramOptions options, TimeProvider time, ILoggerFactory? logs = null, CancellationToken cancel = default)
    {
        var chats = new TelegramChats(options, time);
        var faults = new TelegramFaults();
        var door = new TelegramDoor(chats, faults, options, time);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseShutdownTimeout(ShutdownMax).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        builder.Services.AddSingleton(logs ?? NullLoggerFactory.Instance);
        var server = builder.Build();
        server.Run(door.ServeAsync);
        await server.StartAsync(cancel);
        return new(server, chats, door, faults, options);
    }

    /// <summary>Messages of a chat, or of all, the oldest first.</summary>
    public IReadOnlyList<FakeMessage> Messages(long? chatId = null) => Locked(() => _chats.Of(chatId));

    /// <summary>How often a method was called.</summary>
    public int CallsOf(string method) => Locked(() => _door.Calls.GetValueOrDefault(method));

    /// <summary>A person writes into a chat.</summary>
    /// <param name="chatId">The chat.</param>
    /// <param name="userId">The person.</param>
    /// <param name="text">What is written.</param>
    /// <param name="atMs">When; null for now.</param>
    public FakeMessage Say(long chatId, long userId, string text, long? atMs = null) => Locked(() => _chats.Say(chatId, userId, text, atMs));

    /// <summary>A person presses a button; false when the message has none that carries this.</summary>
    public bool Press(long chatId, long userId, long messageId, string data) => Locked(() => _chats.Press(chatId, userId, messageId, data));

    /// <summary>A person deletes a message; false when it is not there.</summary>
    public bool Delete(long chatId, long messageId) => Locked(() => _chats.Delete(chatId, messageId));

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_chats.Gate) return read();
    }
}
