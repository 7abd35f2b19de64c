using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Simulator.Telegram;
using Microsoft.Extensions.Logging.Abstractions;

namespace FuturesBot.Adapters.Tests.Telegram;

/// <summary>A fake Telegram and a client of it, over real sockets.</summary>
internal sealed class Wired : IAsyncDisposable
{
    private Wired(FakeTelegram server, TelegramOptions options)
    {
        Server = server;
        Options = options with { BaseAddress = server.Address.ToString().TrimEnd('/') };
        Api = new(Options, new(server.Token), proxy: null, new(), TimeProvider.System);
        Messenger = new(Api, NullLogger.Instance);
    }

    public FakeTelegram Server { get; }

    public TelegramOptions Options { get; }

    public BotApi Api { get; }

    public TelegramMessenger Messenger { get; }

    public static async Task<Wired> StartAsync(TelegramOptions? options = null) =>
        new(await FakeTelegram.StartAsync(new() { EnforcesRates = false }, TimeProvider.System), options ?? new() { TimeoutMs = 10_000 });

    public async Task<SentCard> SendAsync(ChatPost post) =>
        (await Messenger.SendAsync(post) as SendOutcome.Delivered)?.Sent ?? throw new InvalidOperationException("It was not delivered");

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await Server.DisposeAsync();
    }

    /// <summary>What looks like a PNG to whoever looks at its head.</summary>
    public static byte[] Png(byte mark = 0) => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, .. new byte[64], mark];
}
