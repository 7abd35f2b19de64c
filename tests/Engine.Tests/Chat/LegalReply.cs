using System.Text;
using System.Text.RegularExpressions;
using FuturesBot.Engine.Chat;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

/// <summary>What every reply keeps to: tags, escapes, lengths, and no share of wins on its own.</summary>
internal static partial class LegalReply
{
    public static void Check(ChatReply reply)
    {
        Assert.True(reply.Html.Length <= 4_096, $"{reply.Html.Length} characters");
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(reply.Html))
        {
            if (!tag.Groups["end"].Success) open.Push(tag.Groups["name"].Value);
            else Assert.True(open.TryPop(out var begun) && begun == tag.Groups["name"].Value, $"{tag.Value} closes what is not open: {reply.Html}");
        }

        Assert.Empty(open);
        var text = Tag().Replace(reply.Html, "");
        Assert.DoesNotMatch("[<>]", text);
        Assert.DoesNotMatch("&(?!(amp|lt|gt|quot);)", text);
        Assert.DoesNotContain('\0', text);
        Assert.DoesNotMatch("NaN|Infinity|∞", Quoted().Replace(text, ""));
        Assert.True(reply.Toast is not { Length: > 200 });
        Assert.True(reply.Buttons.Count <= 20);
        foreach (var button in reply.Buttons.SelectMany(row => row))
        {
            Assert.InRange(Encoding.UTF8.GetByteCount(button.Data), 1, 64);
            Assert.InRange(button.Text.Length, 1, 40);
        }

        foreach (Match rate in WinRate().Matches(text))
        {
            Assert.True(Honest().IsMatch(text[rate.Index..]), $"a win rate without its interval: {text}");
            Assert.Matches(@"\d+ (сдел|trade)|(Сделок|Trades) \d+", text);
            Assert.Matches(@"R \[.+\]", text);
        }
    }

    [GeneratedRegex("<(?<end>/)?(?<name>b|i|code)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    // What the person typed is said back in quotes.
    [GeneratedRegex("«[^»]*»|“[^”]*”", RegexOptions.None, 1000)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(?:в плюс|won) \d+(?:\.\d+)? %", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex WinRate();

    [GeneratedRegex(@"^[\w ]+ \d+(?:\.\d+)? % \[[\d.]+\u2060–\u2060[\d.]+\]", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Honest();
}
