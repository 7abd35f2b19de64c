using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard;

/// <summary>What stands at / when the page could not be built: what is missing, and the one line that gets it.</summary>
internal static class PlainPage
{
    private const string Html =
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><title>FuturesBot</title></head>
        <body>
        <h1>FuturesBot is running</h1>
        <p>The page itself is not there: it is built with <b>Node.js 20 or newer</b> and packages from the npm
        registry, and one of them was missing when the program was built.</p>
        <p>One line gets it:</p>
        <ul>
        <li>Debian, Ubuntu: <code>sudo apt-get install -y nodejs npm</code></li>
        <li>macOS: <code>brew install node</code></li>
        <li>Windows: <code>winget install OpenJS.NodeJS.LTS</code></li>
        </ul>
        <p>Then start the program again with <code>./dev run</code>. Everything else works meanwhile:</p>
        <ul>
        <li><a href="/api/status">/api/status</a></li>
        <li><a href="/api/symbols">/api/symbols</a></li>
        <li><a href="/api/signals?state=open">/api/signals?state=open</a>,
            <a href="/api/signals?state=closed">closed</a></li>
        <li><a href="/api/refusals">/api/refusals</a></li>
        <li><a href="/api/regimes">/api/regimes</a></li>
        <li><a href="/api/why?symbol=BTCUSDT">/api/why?symbol=BTCUSDT</a></li>
        <li><a href="/api/performance?days=0">/api/performance?days=0</a></li>
        </ul>
        </body></html>
        """;

    public static Task Send(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        return context.Response.WriteAsync(Html, context.RequestAborted);
    }
}
