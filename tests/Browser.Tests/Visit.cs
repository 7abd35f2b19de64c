using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace FuturesBot.Browser.Tests;

/// <summary>One open tab, and everything it complained about.</summary>
public sealed class Visit : IAsyncDisposable
{
    private const float PatienceMs = 30_000;

    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = [];

    private Visit(IBrowserContext context, IPage page, string address) => (_context, Page, Address) = (context, page, address);

    public IPage Page { get; }

    public string Address { get; }

    /// <summary>Errors of the console (broken content policy among them), of scripts, and of requests.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <param name="place">Behind the hash, such as <c>/chart?symbol=BTCUSDT</c>.</param>
    public static async Task<Visit> Open(IBrowser browser, string address, string place, int width = 1440, int height = 900)
    {
        var context = await browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            HasTouch = width < 768,
            ReducedMotion = ReducedMotion.Reduce,
            DeviceScaleFactor = 1,
        });
        context.SetDefaultTimeout(PatienceMs);
        var visit = new Visit(context, await context.NewPageAsync(), address);
        visit.Page.Console += (_, message) =>
        {
            if (message.Type == "error") visit._complaints.Enqueue(message.Text);
        };
        visit.Page.PageError += (_, error) => visit._complaints.Enqueue(error);
        visit.Page.Response += (_, response) =>
        {
            if (response.Status >= 400) visit._complaints.Enqueue($"{response.Status} {response.Url}");
            if (!response.Url.StartsWith(address, StringComparison.Ordinal)) visit._complaints.Enqueue($"foreign request {response.Url}");
        };
        await visit.Page.GotoAsync($"{address}/#{place}");
        return visit;
    }

    /// <summary>Waits until the page stands: mounted, and nothing loads any more.</summary>
    public async Task Settled(string name)
    {
        await Page.Locator($".v-{name}, .v-coming").WaitForAsync();
        await Page.WaitForFunctionAsync("() => !document.querySelector('.skels')");
    }

    /// <summary>A picture, only when FUTURESBOT_SCREENSHOTS names a folder.</summary>
    public async Task Picture(string name)
    {
        if (Environment.GetEnvironmentVariable("FUTURESBOT_SCREENSHOTS") is not { Length: > 0 } folder) return;
        await Page.WaitForTimeoutAsync(700);
        await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
