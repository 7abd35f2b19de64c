using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Azure.Core;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Adapters.Telegram;
using FuturesBot.Adapters.Tests.AzureStorage;
using FuturesBot.Dashboard.Running;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Simulator.Telegram;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>
/// A sidecar whose follower begins again from the committed state: with 500 symbols two kernels do not fit beside each other, so the
/// one before has to be gone, whoever looked at it, before the next is read.
/// </summary>
[Collection(AzuriteCollection.Name)]
public sealed class KernelLetGoTests(AzuriteServer azurite) : IDisposable
{
    private const long Chat = 4_242;
    private const long Person = 7;

    private readonly string _folder = Directory.CreateTempSubdirectory("futuresbot-").FullName;
    private readonly string? _token = Environment.GetEnvironmentVariable(TelegramKeys.TokenVariable);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(TelegramKeys.TokenVariable, _token);
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Restart_WithPageStreamAndChatOpen_NothingHoldsTheKernelBeforeWhileTheNextIsRead()
    {
        var (account, faults, prefix) = (azurite.Account, new StorageFaults(), azurite.FreshName());
        await Life.ClearQueuesAsync(account);
        await using var telegram = await FakeTelegram.StartAsync(new() { EnforcesRates = false }, TimeProvider.System, cancel: Cancel);
        Environment.SetEnvironmentVariable(TelegramKeys.TokenVariable, telegram.Token);   // the chat reads it from there alone
        var more = new Dictionary<string, string>
        {
            ["FUTURESBOT__TELEGRAM__ENABLED"] = "true",
            ["FUTURESBOT__TELEGRAM__BASE_ADDRESS"] = telegram.Address.ToString().TrimEnd('/'),
            ["FUTURESBOT__TELEGRAM__CHATS"] = Chat.ToString(CultureInfo.InvariantCulture),
            ["FUTURESBOT__TELEGRAM__USERS"] = Person.ToString(CultureInfo.InvariantCulture),
        };
        await using var exchange = await Life.ExchangeAsync(speed: 600);
        await using var sidecar = Life.Start(faults.Of(account), prefix, exchange.Rest, exchange.Speed, _folder, more: more);
        await sidecar.UntilAsync("ready");
        long number;
        await using (var kernel = await Kernel.StartAsync(account, prefix, Life.BotOf(exchange.Rest, exchange.Speed, _folder, more)))
        {
            await Eventually.IsAsync(() => Task.FromResult(kernel.IsAlive && kernel.Number >= 2 && sidecar.Kernel is not null), "something was committed");
            number = kernel.Number;
        }

        // Everything that a person may have open.
        using var page = new HttpClient { BaseAddress = new(await sidecar.AddressAsync()) };
        using var stream = await page.GetAsync("/api/events", HttpCompletionOption.ResponseHeadersRead, Cancel);
        await using var events = await stream.Content.ReadAsStreamAsync(Cancel);
        foreach (var path in (string[])["symbols", "status", "why?symbol=BTCUSDT", "indicators?symbol=BTCUSDT&timeframe=15m&limit=100", "data", "portfolio/detail"])
        {
            using var answer = await page.GetAsync($"/api/{path}", Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path} gave {answer.StatusCode}");
        }

        await Eventually.IsAsync(() => Task.FromResult(Said(telegram, "Бот запущен") == 1), "the chat is open");
        await AskAsync(telegram, "/status", "<b>Статус</b>");
        var before = Held(sidecar);

        // What makes it begin again: the kernel's ledger is said to be another. Its state cannot be had for a while.
        var told = new CommandQueueSender(account.Queue(MarketNames.Commands), new(account, prefix), TimeProvider.System);
        using (faults.Refuse(request => request.Method == RequestMethod.Get && request.Uri.Path.Contains($"/{prefix}-kernel/", StringComparison.Ordinal)))
        {
            await new TableBeats(account, prefix).WriteAsync(new("market-events", 1, number, new string('0', 64)), Cancel);
            await sidecar.UntilAsync("following");
            await Eventually.IsAsync(() => Task.FromResult(IsGone(before)), "the kernel before is gone");
            Assert.Null(sidecar.Kernel);

            // Nobody is told numbers, and everybody why.
            foreach (var path in (string[])["/", "/api/symbols", "/health/ready"])
            {
                using var answer = await page.GetAsync(path, Cancel);
                Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
                var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
                Assert.Contains("begins again from the committed state", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
            }

            using var live = await page.GetAsync("/health/live", Cancel);
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
            await AskAsync(telegram, "/status", "Состояние сейчас читается заново");
            await told.SendAsync(
                "effect", new SidecarCommand.CarryOut(new("effect", "", Effects.Notify, """{"symbol":"BTCUSDT","text":"told meanwhile"}""", 1)), Cancel);
            await Eventually.IsAsync(async () => (await account.Queue(MarketNames.Commands).CountAsync()) == 1, "the command was sent");
            Assert.Empty(CarriedOut());
        }

        await sidecar.UntilAsync("ready");
        await Eventually.IsAsync(() => Task.FromResult(CarriedOut().Length == 1), "what came meanwhile was carried out, once there was somebody to tell it");
        await AskAsync(telegram, "/status", "<b>Статус</b>");
        var symbols = await page.GetFromJsonAsync<JsonElement>("/api/symbols", Cancel);
        Assert.Equal(3, symbols.GetArrayLength());
        Assert.NotNull(sidecar.Kernel);
        Assert.Empty((await page.GetFromJsonAsync<JsonElement[]>("/api/poison", Cancel))!);
        await sidecar.EndAsync();
    }

    private string[] CarriedOut()
    {
        var path = Path.Combine(_folder, LogEffects.NotifyFile);
        return File.Exists(path) ? [.. File.ReadLines(path).Where(line => line.Contains("told meanwhile", StringComparison.Ordinal))] : [];
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Held(Life sidecar)
    {
        var kernel = sidecar.Kernel!;
        lock (kernel.Gate) return [new(kernel), new(kernel.Pipeline), new(kernel.Shelf), new(kernel.Pipeline.Desks[0])];
    }

    private static bool IsGone(WeakReference[] before)
    {
        GC.Collect();
        return before.All(one => !one.IsAlive);
    }

    private static async Task AskAsync(FakeTelegram telegram, string command, string answer)
    {
        var before = Said(telegram, answer);
        telegram.Say(Chat, Person, command);
        await Eventually.IsAsync(() => Task.FromResult(Said(telegram, answer) > before), $"{command} is answered with {answer}");
    }

    private static int Said(FakeTelegram telegram, string text) =>
        telegram.Messages(Chat).Count(message => !message.IsFromUser && message.Text.Contains(text, StringComparison.Ordinal));
}
