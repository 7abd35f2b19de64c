using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace FuturesBot.Local.Tests;

public sealed class RunTests
{
    private static readonly TimeSpan EndMax = TimeSpan.FromMinutes(3);

    // Where the past does not matter, making and reading it would be most of the test's time.
    private static readonly Dictionary<string, string> ShortPast = new()
    {
        ["SIMULATED_MARKET__WARMUP_DAYS"] = "2",
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_Started_ServesAMarketFullOfLife()
    {
        using var folder = new TempFolder();
        var twoDays = new Dictionary<string, string> { ["SIMULATED_MARKET__REPLAY_DAYS"] = "2" };
        using var bot = Bot.Start(folder.Path, twoDays, "run", "--port", "0", "--speed", "600", "--seed", "3", "--from", "2026-01-10T00:00:00Z");
        using var page = await bot.PageAsync();
        await ReadyAsync(page, bot);

        var first = await page.GetFromJsonAsync<JsonElement>("/api/status", Cancel);
        var candles = await page.GetFromJsonAsync<JsonElement[]>("/api/candles?symbol=BTCUSDT&timeframe=15m&limit=500", Cancel);
        var signals = await page.GetFromJsonAsync<JsonElement[]>("/api/signals", Cancel);
        await MarketTimeAfterAsync(page, first.GetProperty("market_time").GetInt64());

        Assert.Equal(("simulated", true, 3), (
            first.GetProperty("exchange").GetString(), first.GetProperty("simulated").GetBoolean(), first.GetProperty("seed").GetInt64()));
        Assert.Equal(500, candles!.Length);
        Assert.True(signals!.Length > 3, $"only {signals.Length} signals in two market days");
        Assert.All(signals, signal => Assert.True(signal.GetProperty("stop").GetDecimal() > 0));
        await AssertWholeAsync(page, signals);
        foreach (var path in (string[])["/health/ready", "/api/symbols", "/api/indicators?symbol=ETHUSDT&timeframe=1h",
            "/api/zones?symbol=ETHUSDT&timeframe=1h", "/api/why?symbol=ETHUSDT", "/api/regimes", "/api/refusals",
            "/api/performance?days=7", "/api/portfolio", "/api/journal", $"/api/signals/{signals[0].GetProperty("signal_id").GetString()}"])
        {
            using var answer = await page.GetAsync(path, Cancel);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task Run_Killed_GoesOnWhereItWas()
    {
        using var folder = new TempFolder();
        string[] words = ["run", "--port", "0", "--speed", "300", "--from", "2026-01-10T00:00:00Z"];   // what it knew: KillTests
        long before;
        using (var bot = Bot.Start(folder.Path, ShortPast, words))
        {
            using var page = await bot.PageAsync();
            await ReadyAsync(page, bot);
            before = await MarketTimeAfterAsync(page, await MarketTimeAsync(page) + (2 * 300_000));
            bot.Kill();
        }

        using var again = Bot.Start(folder.Path, ShortPast, words);
        using var pageAgain = await again.PageAsync();
        await ReadyAsync(pageAgain, again);
        var after = await MarketTimeAsync(pageAgain);

        // At most what half a second holds at this speed is lived again.
        Assert.True(after > before - 300_000, $"market time was {before}, after the restart {after}");
        Assert.True(after < before + (60 * 300_000L), $"market time jumped from {before} to {after}");
    }

    [Fact]
    public async Task Run_Terminated_EndsCleanlyWithinSeconds()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM");
        using var folder = new TempFolder();
        using var bot = Bot.Start(folder.Path, ShortPast, "run", "--port", "0", "--from", "2026-01-10T00:00:00Z");
        using var page = await bot.PageAsync();
        await ReadyAsync(page, bot);
        using var stream = await page.GetStreamAsync("/api/events?symbol=BTCUSDT&timeframe=15m", Cancel);

        var started = Stopwatch.GetTimestamp();
        bot.Terminate();
        var code = await bot.EndAsync(EndMax);

        Assert.Equal(0, code);
        // A host that waits for its open requests takes 30 s.
        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5), $"took {Stopwatch.GetElapsedTime(started)}");
        Assert.Contains("Ended at", bot.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_PortTaken_ExitsWith2AndNamesTheOption()
    {
        using var folder = new TempFolder();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        // With a past that takes long to make: it must not come to that.
        using var bot = Bot.Start(folder.Path, "run", "--port", $"{port}", "--for", "5s", "--state", folder.In("state"));
        var code = await bot.EndAsync(EndMax);

        Assert.Equal(2, code);
        Assert.Contains("--port", bot.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.In("state/futuresbot.db")), "the port was looked at after the store");
    }

    [Fact]
    public async Task Run_StateInUse_ExitsWith2AndNamesTheOption()
    {
        using var folder = new TempFolder();
        using var first = Bot.Start(folder.Path, ShortPast, "run", "--port", "0");
        using var page = await first.PageAsync();

        using var second = Bot.Start(folder.Path, ShortPast, "run", "--port", "0", "--for", "5s");
        var code = await second.EndAsync(EndMax);

        Assert.Equal(2, code);
        Assert.Contains("--state", second.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("real money", "--mode", "live")]
    [InlineData("allowed are sqlite, azurite", "--storage", "files")]
    [InlineData("--data", "--exchange", "replay")]
    [InlineData("--for", "--for", "soon")]
    public async Task Run_AskedForWhatIsNotThere_ExitsWith2AndSaysWhy(string why, string option, string value)
    {
        using var folder = new TempFolder();
        using var bot = Bot.Start(folder.Path, "run", option, value);
        var code = await bot.EndAsync(EndMax);

        Assert.True(code == 2, $"exit code {code}: {bot.Errors}");
        Assert.Contains(why, bot.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AzuriteIsNotThere_ExitsWith2AndSaysWhatToStart()
    {
        using var folder = new TempFolder();
        using var bot = Bot.Start(
            folder.Path, new Dictionary<string, string> { ["STORAGE__BLOB_PORT"] = "9" }, "run", "--storage", "azurite", "--port", "0");
        var code = await bot.EndAsync(EndMax);

        Assert.True(code == 2, $"exit code {code}: {bot.Errors}");
        Assert.Contains("./dev azurite", bot.Errors, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:9", bot.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--speed", "60")]
    [InlineData("--from", "2026-01-10T00:00:00Z")]
    public async Task Run_ARealExchangeWithAMadeUpTime_ExitsWith2AndNamesTheOption(string option, string value)
    {
        using var folder = new TempFolder();
        using var bot = Bot.Start(folder.Path, "run", "--exchange", "demo", option, value);
        var code = await bot.EndAsync(EndMax);

        Assert.True(code == 2, $"exit code {code}: {bot.Errors}");
        Assert.Contains(option, bot.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ExchangeOutOfReach_ExitsWith1AndSaysSo()
    {
        using var folder = new TempFolder();
        using var bot = Bot.Start(
            folder.Path,
            new Dictionary<string, string> { ["EXCHANGE__REST"] = "http://127.0.0.1:9", ["EXCHANGE__RETRIES_MAX"] = "0" },
            "run", "--exchange", "binance", "--port", "0");
        var code = await bot.EndAsync(EndMax);

        Assert.True(code == 1, $"exit code {code}: {bot.Errors}");
        Assert.Contains("127.0.0.1:9", bot.Errors, StringComparison.Ordinal);
    }

    /// <summary>Every signal still knows why it was given, and everything that happened to it.</summary>
    private static async Task AssertWholeAsync(HttpClient page, JsonElement[] signals)
    {
        foreach (var id in signals.Select(signal => signal.GetProperty("signal_id").GetString()))
        {
            var detail = await page.GetFromJsonAsync<JsonElement>($"/api/signals/{id}", Cancel);
            Assert.True(detail.GetProperty("score_parts").GetArrayLength() > 0, $"{id} has no score parts");
            Assert.True(detail.GetProperty("predicates").GetArrayLength() > 0, $"{id} has no predicates");
            Assert.Equal("created", detail.GetProperty("life")[0].GetProperty("kind").GetString());
        }
    }

    internal static async Task ReadyAsync(HttpClient page, Bot bot)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < EndMax; await Task.Delay(50, Cancel))
        {
            using var answer = await page.GetAsync("/health/ready", Cancel);
            if (answer.IsSuccessStatusCode) return;
        }

        Assert.Fail($"not ready within {EndMax}: {bot.Errors}");
    }

    // The market's time when it is past a moment.
    private static async Task<long> MarketTimeAfterAsync(HttpClient page, long ms)
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < EndMax; await Task.Delay(50, Cancel))
        {
            if (await MarketTimeAsync(page) is var now && now > ms) return now;
        }

        Assert.Fail($"market time stands still before {ms}");
        return 0;
    }

    internal static async Task<long> MarketTimeAsync(HttpClient page) =>
        (await page.GetFromJsonAsync<JsonElement>("/api/status", Cancel)).GetProperty("market_time").GetInt64();
}
