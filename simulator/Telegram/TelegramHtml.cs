using System.Globalization;
using System.Net;
using System.Text;

namespace FuturesBot.Simulator.Telegram;

/// <summary>Telegram's HTML: what is seen of it, or why it is refused.</summary>
internal static class TelegramHtml
{
    private static readonly string[] Tags = ["b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "code", "pre", "tg-spoiler", "blockquote"];

    /// <summary>True when it can be read; otherwise <paramref name="shown"/> is the description of the refusal.</summary>
    public static bool TryRead(string html, out string shown)
    {
        var text = new StringBuilder();
        var open = new Stack<string>();
        for (var at = 0; at < html.Length;)
        {
            var c = html[at];
            if (c != '<')
            {
                var next = html.IndexOf('<', at);
                if (next < 0) next = html.Length;
                text.Append(WebUtility.HtmlDecode(html[at..next]));
                at = next;
                continue;
            }

            var end = html.IndexOf('>', at);
            if (end < 0) return Refused($"Unclosed start tag at byte offset {Bytes(html, at)}", out shown);
            var isEnd = end > at + 1 && html[at + 1] == '/';
            var name = html[(at + (isEnd ? 2 : 1))..end].Split(' ')[0].ToLowerInvariant();
            if (!Tags.Contains(name))
                return Refused(string.Create(CultureInfo.InvariantCulture, $"Unsupported start tag \"{name}\" at byte offset {Bytes(html, at)}"), out shown);
            if (!isEnd) open.Push(name);
            else if (open.Count == 0) return Refused($"Unexpected end tag at byte offset {Bytes(html, at)}", out shown);
            else if (open.Pop() is var opened && opened != name)
                return Refused($"Unmatched end tag at byte offset {Bytes(html, at)}, expected \"</{opened}>\", found \"</{name}>\"", out shown);
            at = end + 1;
        }

        if (open.TryPeek(out var left)) return Refused($"Can't find end tag corresponding to start tag \"{left}\"", out shown);
        shown = text.ToString();
        return true;
    }

    private static bool Refused(string why, out string description)
    {
        description = "can't parse entities: " + why;
        return false;
    }

    private static int Bytes(string html, int at) => Encoding.UTF8.GetByteCount(html.AsSpan(0, at));
}
