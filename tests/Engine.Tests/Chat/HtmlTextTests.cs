using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using FuturesBot.Engine.Chat.Delivery;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

public sealed partial class HtmlTextTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [InlineData("a < b & c > d", "a &lt; b &amp; c &gt; d")]
    [InlineData("<b>", "&lt;b&gt;")]
    [InlineData("&lt;", "&amp;lt;")]
    public void Escape_OfAnything_ShowsAsItWas(string value, string expected)
    {
        Assert.Equal(expected, HtmlText.Escape(value));
        Assert.Equal(value, HtmlText.Plain($"<b>{HtmlText.Escape(value)}</b>"));
    }

    [Theory]
    [InlineData("<b>two</b> &lt; 3", "two < 3")]
    [InlineData("no <script> here", "no <script> here")]
    [InlineData("a stray & and < sign", "a stray & and < sign")]
    [InlineData("&#128293; hot", "🔥 hot")]
    public void Plain_OfHtml_IsWhatIsSeen(string html, string seen)
    {
        Assert.Equal(seen, HtmlText.Plain(html));
        Assert.Equal(seen.Length, HtmlText.Length(html));
    }

    [Theory]
    [InlineData("one\n\ntwo\nthree. four five", 17, "one\n\ntwo\n", "three. four five")]
    [InlineData("first line here\nsecond. third fourth", 24, "first line here\n", "second. third fourth")]
    [InlineData("some words. and some more words", 20, "some words. ", "and some more words")]
    public void Split_OfTooLongText_CutsAtTheBestPlace(string text, int most, string first, string second)
    {
        var parts = HtmlText.Split(text, most, most);
        Assert.Equal([first, second], parts);
    }

    [Fact]
    public void Split_InsideATag_ClosesAndOpensIt()
    {
        var parts = HtmlText.Split("<b>aaaa <i>bbbb</i> cccc</b>", 10, 10);
        Assert.Equal(["<b>aaaa <i>bbbb</i> </b>", "<b>cccc</b>"], parts);
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Split_OfAnyText_LosesNothingAndTearsNothing(int seed)
    {
        var random = new Random(seed);
        var html = Made(random, pieces: 400);
        var (first, next) = (random.Next(20, 200), random.Next(20, 400));

        var parts = HtmlText.Split(html, first, next);

        for (var i = 0; i < parts.Count; i++)
        {
            AssertBalanced(parts[i]);
            var length = HtmlText.Length(parts[i]);
            Assert.True(length <= (i == 0 ? first : next), $"part {i} has {length} characters");
        }

        Assert.Equal(Dense(HtmlText.Plain(html)), Dense(string.Concat(parts.Select(HtmlText.Plain))));
        Assert.DoesNotContain(parts, part => HtmlText.Plain(part).EndsWith('\ud83d'));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Clean_OfAnyText_ShowsTheSameAndIsBalanced(int seed)
    {
        var random = new Random(seed);
        var html = Made(random, pieces: 60) + "</i><b>open <u onclick=1> &unknown; </b></b>";
        var clean = HtmlText.Clean(html);
        AssertBalanced(clean);
        Assert.Equal(HtmlText.Plain(html), HtmlText.Plain(clean));
        Assert.DoesNotContain("<u ", clean);
    }

    [Fact]
    public void Cut_OfALongText_SaysThatThereIsMore()
    {
        var cut = HtmlText.Cut($"<b>{new string('x', 50)}</b> end", 30);
        Assert.EndsWith("</b> …", cut);
        Assert.True(HtmlText.Length(cut) <= 30);
        Assert.Equal("short", HtmlText.Cut("short", 30));
    }

    private static string Made(Random random, int pieces)
    {
        var text = new StringBuilder();
        var open = new Stack<string>();
        for (var i = 0; i < pieces; i++)
        {
            switch (random.Next(10))
            {
                case 0 when open.Count < 3:
                    open.Push(new[] { "b", "i", "code" }[random.Next(3)]);
                    text.Append('<').Append(open.Peek()).Append('>');
                    break;
                case 1 when open.Count > 0: text.Append("</").Append(open.Pop()).Append('>'); break;
                case 2: text.Append('\n'); break;
                case 3: text.Append("\n\n"); break;
                case 4: text.Append(". "); break;
                case 5: text.Append("&lt;&amp;"); break;
                case 6: text.Append("🔥🔵"); break;
                default: text.Append(new string((char)('а' + random.Next(30)), random.Next(1, 12))).Append(' '); break;
            }
        }

        while (open.TryPop(out var left)) text.Append("</").Append(left).Append('>');
        return text.ToString();
    }

    private static string Dense(string text) => Blank().Replace(text, "");

    // Read by other means than the code under test: an XML parser wants every tag closed in order.
    private static void AssertBalanced(string html)
    {
        var xml = System.Xml.Linq.XElement.Parse($"<r>{html}</r>", System.Xml.Linq.LoadOptions.PreserveWhitespace);
        Assert.Equal(WebUtility.HtmlDecode(xml.Value), HtmlText.Plain(html));
    }

    [GeneratedRegex(@"\s+", RegexOptions.None, 1000)]
    private static partial Regex Blank();
}
