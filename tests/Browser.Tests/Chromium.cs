using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(FuturesBot.Browser.Tests.Chromium))]

namespace FuturesBot.Browser.Tests;

/// <summary>The one browser of all tests here: the system's Chromium, never a downloaded one.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places =
    [
        "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private string? _missing;

    /// <summary>Skips the test, with the reason, where there is no browser.</summary>
    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(_browser is null, _missing ?? "no browser");
            return _browser!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Environment.GetEnvironmentVariable("FUTURESBOT_BROWSER") is not { Length: > 0 } path)
            path = Array.Find(Places, File.Exists) ?? "";
        if (!File.Exists(path))
        {
            _missing = "No Chromium on this machine (apt-get install chromium, or FUTURESBOT_BROWSER with its path)";
            return;
        }

        // A machine shared by many is slow: waiting costs nothing when there is nothing to wait for.
        Assertions.SetDefaultExpectTimeout(30_000);
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        try
        {
            _playwright = await Playwright.CreateAsync();
            // Playwright gives every start a new, empty user folder and deletes it at the end.
            _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = path,
                Args =
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                    "--disable-sync", "--no-first-run",
                ],
                Timeout = 60_000,
            });
        }
        catch (PlaywrightException problem)
        {
            _missing = $"Chromium at {path} does not start: {problem.Message.Split('\n')[0]}";
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
