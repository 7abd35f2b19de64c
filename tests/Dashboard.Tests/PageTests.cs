using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace FuturesBot.Dashboard.Tests;

public sealed partial class PageTests
{
    [Fact]
    public async Task Root_WithOrWithoutABuiltPage_IsHtmlThatTheContentPolicyAllows()
    {
        await using var server = await PageServer.Start();

        var response = await server.Client.GetAsync(new Uri("/", UriKind.Relative));
        var html = await response.Content.ReadAsStringAsync();

        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("FuturesBot", html);
        Assert.DoesNotMatch(InlineCode(), html);
        Assert.DoesNotMatch(ForeignAddress(), html);
    }

    [Fact]
    public async Task Assets_OfABuiltPage_AreServedWithTheirTypesAndNeverChange()
    {
        Assert.SkipUnless(PageFiles.IsBuilt, "The page was not built: Node.js was not there");
        await using var server = await PageServer.Start();
        var html = await server.Client.GetStringAsync(new Uri("/", UriKind.Relative));
        var assets = Asset().Matches(html).Select(m => m.Value).ToArray();

        Assert.Contains(assets, a => a.EndsWith(".js", StringComparison.Ordinal));
        Assert.Contains(assets, a => a.EndsWith(".css", StringComparison.Ordinal));
        foreach (var asset in assets)
        {
            var response = await server.Client.GetAsync(new Uri(asset, UriKind.Relative));
            Assert.True(response.IsSuccessStatusCode, asset);
            Assert.Contains("immutable", response.Headers.CacheControl?.ToString());
            var type = asset.EndsWith(".js", StringComparison.Ordinal) ? "text/javascript" : "text/css";
            Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task Script_OfABuiltPage_IsBelow300KilobytesCompressed()
    {
        Assert.SkipUnless(PageFiles.IsBuilt, "The page was not built: Node.js was not there");
        await using var server = await PageServer.Start();
        var html = await server.Client.GetStringAsync(new Uri("/", UriKind.Relative));
        // A page's own script is named by the script that loads it, not by the document.
        var waiting = new Queue<string>(Scripts(html));
        var seen = new HashSet<string>(waiting, StringComparer.Ordinal);
        var compressed = 0L;

        while (waiting.TryDequeue(out var script))
        {
            var text = await server.Client.GetByteArrayAsync(new Uri($"/assets/{script}", UriKind.Relative));
            foreach (var more in Scripts(System.Text.Encoding.UTF8.GetString(text)))
            {
                if (seen.Add(more)) waiting.Enqueue(more);
            }

            using var small = new MemoryStream();
            await using (var zip = new System.IO.Compression.GZipStream(
                small, System.IO.Compression.CompressionLevel.Optimal, leaveOpen: true))
            {
                await zip.WriteAsync(text);
            }

            compressed += small.Length;
        }

        Assert.True(seen.Count > 3, "The pages' own scripts were not found");
        Assert.InRange(compressed, 1_000, 300_000);
    }

    [Fact]
    public async Task PlainPage_SaysWhatIsMissingTheLineThatGetsItAndLinksOnlyWhatExists()
    {
        await using var server = await PageServer.Start();
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;

        await PlainPage.Send(context);

        var html = System.Text.Encoding.UTF8.GetString(body.ToArray());
        Assert.Contains("Node.js 20", html);
        Assert.Contains("apt-get install", html);
        Assert.DoesNotMatch(InlineCode(), html);
        foreach (var link in Link().Matches(html).Select(m => m.Groups["address"].Value))
        {
            var response = await server.Client.GetAsync(new Uri(link, UriKind.Relative));
            Assert.True(response.IsSuccessStatusCode, $"{link} gave {response.StatusCode}");
        }
    }

    [GeneratedRegex(""" style=|<style|<script(?![^>]*src=)| on[a-z]+="|javascript:""", RegexOptions.None, 1_000)]
    private static partial Regex InlineCode();

    [GeneratedRegex("https?://", RegexOptions.None, 1_000)]
    private static partial Regex ForeignAddress();

    private static IEnumerable<string> Scripts(string text) => ScriptName().Matches(text).Select(m => m.Groups["name"].Value);

    [GeneratedRegex("(?:assets/|\\./)(?<name>[A-Za-z0-9_-]+\\.js)", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex ScriptName();

    [GeneratedRegex("/assets/[A-Za-z0-9_.-]+", RegexOptions.None, 1_000)]
    private static partial Regex Asset();

    [GeneratedRegex("href=\"(?<address>[^\"]+)\"", RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Link();
}
