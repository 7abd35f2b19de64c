using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FuturesBot.Domain.Market;
using FuturesBot.Local.Tests.Commands;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Local.Tests;

/// <summary>The page's interface over the program itself.</summary>
public sealed class PageTests
{
    private static readonly string[] Words = ["run", "--port", "0", "--from", "2026-01-10T00:00:00Z"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WithAChangeOnThePage_TakesItAtTheNextStart()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(folder.In("data", "k"));
        KlineFiles.Write(folder.In("data", "k", "BTCUSDT-15m.csv.gz"), GoldenMarket.Bars(1_500, TimeFrame.M15, 1_735_689_600_000), TimeFrame.M15);
        using (var bot = Bot.Start(folder.Path, Words))
        {
            using var page = await SignedIn(bot);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Put(page, 9_999, "0")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await Put(page, 3, "0")).StatusCode);
            Assert.Equal(HttpStatusCode.PreconditionFailed, (await Put(page, 4, "0")).StatusCode);
            var setting = await Setting(page);
            Assert.Equal(("next_start", 10, 3), (setting.GetProperty("applies").GetString(), setting.GetProperty("value").GetInt32(), setting.GetProperty("next").GetInt32()));

            using var outside = await page.PostAsJsonAsync("/api/backtests", new { data = "../state" }, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, outside.StatusCode);
            using var started = await page.PostAsJsonAsync("/api/backtests", new { data = "k" }, Cancel);
            Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
            using var report = await Report(page, started.Headers.Location!);
            Assert.Contains("sandbox", report.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);

            var logs = await page.GetFromJsonAsync<JsonElement>("/api/logs?limit=5", Cancel);
            Assert.NotEqual(0, logs.GetProperty("lines").GetArrayLength());
            bot.Kill();
        }

        Assert.Equal(5, (await File.ReadAllLinesAsync(folder.In("state", "audit.jsonl"), Cancel)).Length);
        using var again = Bot.Start(folder.Path, Words);
        using var later = await SignedIn(again);
        Assert.Equal((3, "page"), ((await Setting(later)).GetProperty("value").GetInt32(), (await Setting(later)).GetProperty("source").GetString()));
        Assert.Equal("done", (await later.GetFromJsonAsync<JsonElement[]>("/api/backtests", Cancel))![0].GetProperty("state").GetString());
    }

    [Fact]
    public async Task Run_OnAnyAddressWithoutSignIn_DoesNotStart()
    {
        using var folder = new TempFolder();
        using var bot = Bot.Start(folder.Path, new() { ["DASHBOARD__ADDRESS"] = "any" }, Words);

        Assert.Equal(2, await bot.EndAsync(TimeSpan.FromSeconds(60)));
        Assert.Contains("FUTURESBOT_DASHBOARD_TOKEN", bot.Errors, StringComparison.Ordinal);
    }

    private static async Task<HttpClient> SignedIn(Bot bot)
    {
        var page = await bot.PageAsync();   // keeps the cookie by itself
        var session = await page.GetFromJsonAsync<JsonElement>("/api/session", Cancel);
        page.DefaultRequestHeaders.Add("X-CSRF-Token", session.GetProperty("csrf").GetString());
        return page;
    }

    private static async Task<HttpResponseMessage> Put(HttpClient page, int positions, string revision)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/api/settings")
        {
            Content = JsonContent.Create(new { changes = new Dictionary<string, object> { ["risk.positions_max"] = positions } }),
        };
        request.Headers.Add("If-Match", $"\"{revision}\"");
        return await page.SendAsync(request, Cancel);
    }

    private static async Task<JsonElement> Setting(HttpClient page)
    {
        var settings = await page.GetFromJsonAsync<JsonElement>("/api/settings", Cancel);
        return settings.GetProperty("settings").EnumerateArray().Single(setting => setting.GetProperty("path").GetString() == "risk.positions_max");
    }

    private static async Task<HttpResponseMessage> Report(HttpClient page, Uri run)
    {
        for (var i = 0; i < 600; i++)
        {
            var report = await page.GetAsync($"{run}/report", Cancel);
            if (report.StatusCode == HttpStatusCode.OK) return report;
            Assert.Equal(HttpStatusCode.Conflict, report.StatusCode);
            report.Dispose();
            await Task.Delay(100, Cancel);
        }

        throw new TimeoutException("The backtest did not end");
    }
}
