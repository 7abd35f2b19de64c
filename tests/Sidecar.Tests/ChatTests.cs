using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Sharding;
using FuturesBot.Simulator.Telegram;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>The chat from Telegram's webhook over the command queue, as the functions use it, to the sidecar and back to Telegram.</summary>
[Collection(AzuriteCollection.Name)]
public sealed class ChatTests(AzuriteServer azurite) : IDisposable
{
    private const long Chat = 4_242;
    private const long Person = 7;
    private const string WebhookSecret = "what-setWebhook-was-given";

    private readonly string _folder = Directory.CreateTempSubdirectory("futuresbot-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Webhook_StatusAndAPressThatComeTwice_AreAnsweredOnceByTheHolder()
    {
        var prefix = azurite.FreshName();
        await using var telegram = await FakeTelegram.StartAsync(new(), TimeProvider.System, cancel: Cancel);
        await using var exchange = await Life.ExchangeAsync(speed: 60);
        using var sidecar = SidecarProgram.Start(azurite.Endpoints, prefix, exchange.Rest, exchange.Speed, _folder, new Dictionary<string, string>
        {
            ["TELEGRAM_BOT_TOKEN"] = telegram.Token,
            ["TELEGRAM_WEBHOOK_SECRET"] = WebhookSecret,
            ["FUTURESBOT__TELEGRAM__ENABLED"] = "true",
            ["FUTURESBOT__TELEGRAM__BASE_ADDRESS"] = telegram.Address.ToString().TrimEnd('/'),
            ["FUTURESBOT__TELEGRAM__WEBHOOK"] = "https://functions.example/telegram",
            ["FUTURESBOT__TELEGRAM__CHATS"] = Chat.ToString(CultureInfo.InvariantCulture),
            ["FUTURESBOT__TELEGRAM__USERS"] = Person.ToString(CultureInfo.InvariantCulture),
        });
        await sidecar.UntilAsync("ready");
        await UntilAsync(() => Said(telegram, "Бот запущен").Count == 1, "the holder says that it has started");
        // What the function behind Telegram's address does with a request, over the same queue.
        var commands = new CommandQueueSender(azurite.Account.Queue(MarketNames.Commands), new(azurite.Account, prefix), TimeProvider.System);
        var relay = new WebhookRelay(new Secret(WebhookSecret), commands, TimeProvider.System, NullLogger.Instance);

        await BringAsync(relay, Message(1_001, "/status"));
        await BringAsync(relay, Message(1_001, "/status"));   // Telegram brings it again when it did not hear the answer in time
        await commands.SendAsync("under-another-id", new SidecarCommand.TakeChatUpdate(Message(1_001, "/status")), Cancel);   // the gate knows it too
        await BringAsync(relay, Message(1_002, "/menu"));
        await UntilAsync(() => Said(telegram, "<b>Меню</b>").Count == 1, "the menu is shown");
        var menu = Assert.Single(Said(telegram, "<b>Меню</b>"));
        var data = menu.Buttons.SelectMany(row => row).First(button => button.Data == "c:signals").Data;
        await BringAsync(relay, Press(1_003, "press-1", menu.Id, data));
        await BringAsync(relay, Press(1_003, "press-1", menu.Id, data));
        await BringAsync(relay, Message(1_004, "/help"));
        await UntilAsync(() => Said(telegram, "/confluence_stats").Count == 1, "help is shown, which was asked for last");
        await UntilAsync(() => Said(telegram, "<b>Статус</b>").Count >= 1, "the status is shown");   // it takes longest to put together

        var status = Assert.Single(Said(telegram, "<b>Статус</b>"));
        Assert.Contains("Пары: 3", status.Text, StringComparison.Ordinal);
        Assert.Contains("Журнал решений", status.Text, StringComparison.Ordinal);
        Assert.Single(telegram.Answered, press => press.CallbackId == "press-1");
        // One answer to each, and none to what came twice: the start, status, menu, help; a press changes the message that it was made on.
        Assert.Equal(4, telegram.Messages(Chat).Count(message => !message.IsFromUser));
        var pressed = Assert.Single(telegram.Messages(Chat), message => message.Id == menu.Id);
        Assert.Equal(1, pressed.Edits);
        Assert.Contains("сигнал", pressed.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, telegram.CallsOf("getUpdates"));   // they are brought
        using var page = new HttpClient { BaseAddress = await sidecar.AddressAsync() };
        Assert.DoesNotContain(telegram.Token, sidecar.Said, StringComparison.Ordinal);
        Assert.Empty((await page.GetFromJsonAsync<JsonElement[]>("/api/poison", Cancel))!);

        await AssertPageIsWholeAsync(page);
        var (code, _) = await sidecar.TerminateAsync();
        Assert.True(code == 0, sidecar.Said);
        Assert.Single(Said(telegram, "Бот остановлен"));
    }

    /// <summary>Nothing that the page offers is missing behind it: what a real chat leaves out is named.</summary>
    private static async Task AssertPageIsWholeAsync(HttpClient page)
    {
        var absent = (await page.GetFromJsonAsync<JsonElement>("/api/status", Cancel)).GetProperty("absent").EnumerateArray().Select(name => name.GetString());
        Assert.Equal(["chat"], absent);
        var health = (await page.GetFromJsonAsync<JsonElement>("/api/status", Cancel)).GetProperty("health").EnumerateArray()
            .ToDictionary(line => line.GetProperty("name").GetString()!, line => $"{line.GetProperty("value").GetString()}: {line.GetProperty("detail").GetString()}");
        Assert.Contains("sent", health["Telegram"], StringComparison.Ordinal);            // opened after the page was
        Assert.DoesNotContain("off", health["Ledger"], StringComparison.Ordinal);         // kept elsewhere, not switched off
        Assert.DoesNotContain("Store", health.Keys);                                       // the follower's is nobody's
        foreach (var path in (string[])["/api/settings", "/api/settings/history", "/api/secrets", "/api/backtests", "/api/backtests/data", "/api/logs", "/api/limits", "/api/latency", "/api/data", "/api/orderbooks", "/api/portfolio/detail"])
        {
            using var answer = await page.GetAsync(path, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} gave {answer.StatusCode}");
        }

        var settings = await page.GetFromJsonAsync<JsonElement>("/api/settings", Cancel);
        Assert.Contains("config/bot.yaml", settings.GetProperty("read_only_reason").GetString(), StringComparison.Ordinal);
        var chats = settings.GetProperty("settings").EnumerateArray().Single(one => one.GetProperty("path").GetString() == "telegram.chats");
        Assert.Equal(
            (Chat.ToString(CultureInfo.InvariantCulture), "environment", "FUTURESBOT__TELEGRAM__CHATS"),
            (chats.GetProperty("value").GetString(), chats.GetProperty("source").GetString(), chats.GetProperty("source_detail").GetString()));
        var secrets = await page.GetStringAsync("/api/secrets", Cancel);
        Assert.Contains("TELEGRAM_BOT_TOKEN", secrets, StringComparison.Ordinal);
        Assert.DoesNotContain(":simulator", secrets, StringComparison.Ordinal);
    }

    private static async Task BringAsync(WebhookRelay relay, string update) => Assert.Equal(
        WebhookAnswer.Taken, await relay.HandleAsync(WebhookSecret, new MemoryStream(Encoding.UTF8.GetBytes(update)), Cancel));

    private static IReadOnlyList<FakeMessage> Said(FakeTelegram telegram, string text) =>
        [.. telegram.Messages(Chat).Where(message => !message.IsFromUser && message.Text.Contains(text, StringComparison.Ordinal))];

    private static string Message(long id, string text) => JsonSerializer.Serialize(new
    {
        update_id = id,
        message = new
        {
            message_id = 900 + (id % 100),
            date = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
            chat = new { id = Chat, type = "group", title = "Trading" },
            from = new { id = Person, is_bot = false, first_name = "A", language_code = "ru" },
            text,
        },
    });

    private static string Press(long id, string callback, long message, string data) => JsonSerializer.Serialize(new
    {
        update_id = id,
        callback_query = new
        {
            id = callback,
            from = new { id = Person, is_bot = false, first_name = "A" },
            message = new { message_id = message, date = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), chat = new { id = Chat, type = "group" } },
            chat_instance = "1",
            data,
        },
    });

    private static async Task UntilAsync(Func<bool> isSo, string what)
    {
        for (var i = 0; i < 900; i++)
        {
            if (isSo()) return;
            await Task.Delay(100, Cancel);
        }

        Assert.Fail($"It was not so within 90 s that {what}");
    }
}
