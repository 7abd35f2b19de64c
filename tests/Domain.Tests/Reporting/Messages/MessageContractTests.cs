using System.Text.RegularExpressions;
using FuturesBot.Domain.Reporting;
using Xunit;

namespace FuturesBot.Domain.Tests.Reporting;

/// <summary>What every text for people must keep to, whoever adds one.</summary>
public sealed partial class MessageContractTests
{
    private const string Bad = """<b>&"x'></i><script>""";

    public static TheoryData<string, ChatLanguage> Texts
    {
        get
        {
            var all = new TheoryData<string, ChatLanguage>();
            foreach (var name in MessageSamples.All.Keys)
            {
                all.Add(name, ChatLanguage.Russian);
                all.Add(name, ChatLanguage.English);
            }

            return all;
        }
    }

    [Fact]
    public void Messages_OfTheWholeDomain_EachHaveASample()
    {
        var renderers = typeof(IMessage).Assembly.GetTypes()
            .Where(type => typeof(IMessage).IsAssignableFrom(type) && type is { IsAbstract: false, IsInterface: false });
        var sampled = MessageSamples.All.Values.Select(message => message.GetType()).ToHashSet();

        Assert.Empty(renderers.Where(type => !sampled.Contains(type)).Select(type => type.Name));
    }

    [Theory, MemberData(nameof(Texts))]
    public void Html_OfAnySample_KeepsTheRules(string name, ChatLanguage language) =>
        AssertSound(Render(MessageSamples.All[name], language));

    [Theory, MemberData(nameof(Texts))]
    public void Html_EveryTextHostile_IsEscaped(string name, ChatLanguage language)
    {
        var hostile = Hostile.With(MessageSamples.All[name], text => text + Bad);

        var html = Render(hostile, language);

        AssertSound(html);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Texts))]
    public void Html_EveryTextEndless_StaysWithinItsBound(string name, ChatLanguage language) =>
        AssertSound(Render(Hostile.With(MessageSamples.All[name], text => text + new string('<', 2_000)), language));

    [Fact]
    public void Hostile_OfACard_ReachesItsTexts()
    {
        var hostile = Hostile.With(MessageSamples.All["card"], text => text + Bad);

        Assert.Contains("&lt;b&gt;&amp;&quot;", Render(hostile, ChatLanguage.Russian), StringComparison.Ordinal);
        Assert.DoesNotContain("&lt;", Render(MessageSamples.All["card"], ChatLanguage.Russian), StringComparison.Ordinal);
    }

    // The guards are tested: what they are for must make them fail.
    [Theory]
    [InlineData("За неделю в плюс 47 %")]
    [InlineData("Win rate 47 %")]
    [InlineData("49 trades, won 47 %")]
    [InlineData("49 сделок, в плюс 47 % [34\u2060–\u206061]")]
    [InlineData("<u>a</u>")]
    [InlineData("<b>a")]
    [InlineData("<b><i>a</b></i>")]
    [InlineData("price 1.2E-07")]
    [InlineData("price 1e-7")]
    [InlineData("R NaN")]
    [InlineData("a & b")]
    [InlineData("-0.42 %")]
    public void AssertSound_OnABrokenText_Fails(string html) => Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertSound(html));

    private static string Render(IMessage message, ChatLanguage language) => message.Html(new(language, MessageSamples.Kyiv));

    private static void AssertSound(string html)
    {
        Assert.NotEmpty(html);
        Assert.True(html.Length <= MessageText.LengthMax, $"{html.Length} characters:\n{html}");
        AssertTags(html);
        Assert.DoesNotMatch(BareAmpersand(), html);
        var numbers = Code().Replace(html, "");   // hashes and exchange codes stand as they are
        Assert.DoesNotMatch(Exponent(), numbers);
        Assert.DoesNotMatch(NotANumber(), numbers);
        Assert.DoesNotMatch(AsciiMinus(), numbers);
        foreach (var paragraph in html.Split("\n\n")) AssertRate(paragraph);
    }

    /// <summary>A share of wins stands beside its count, its interval and the net result per trade.</summary>
    private static void AssertRate(string paragraph)
    {
        if (!Rate().IsMatch(paragraph)) return;
        Assert.Matches(CountOfTrades(), paragraph);
        Assert.Matches(IntervalOfShares(), paragraph);
        Assert.Matches(NetPerTrade(), paragraph);
    }

    private static void AssertTags(string html)
    {
        var open = new Stack<string>();
        foreach (Match tag in Tag().Matches(html))
        {
            var name = tag.Groups["name"].Value;
            Assert.Contains(name, new[] { "b", "i", "code" });
            if (tag.Groups["end"].Length == 0) open.Push(name);
            else Assert.Equal(open.Count == 0 ? "" : open.Pop(), name);
        }

        Assert.Empty(open);
        Assert.DoesNotMatch(LooseBracket(), Tag().Replace(html, ""));
    }

    [GeneratedRegex("<(?<end>/?)(?<name>[^<>]*)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex("<code>[^<]*</code>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex("[<>]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LooseBracket();

    [GeneratedRegex("&(?!(amp|lt|gt|quot);)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex BareAmpersand();

    [GeneratedRegex(@"\d[eE][-+−]?\d", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Exponent();

    [GeneratedRegex("NaN|Infinity|∞", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NotANumber();

    // A hyphen before a number at the start of a word.
    [GeneratedRegex(@"(?<=^|[\s(\[])-\d", RegexOptions.ExplicitCapture | RegexOptions.Multiline, 1000)]
    private static partial Regex AsciiMinus();

    [GeneratedRegex(@"(в плюс|won|win rate|удачн\w+:?|winners:?) \d+(\.\d+)? ?%", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"\d+ сдел|Сделок \d|\d+ trades?|Trades \d", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CountOfTrades();

    [GeneratedRegex(@"\[\d+(\.\d)?\u2060–\u2060\d+(\.\d)?\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex IntervalOfShares();

    [GeneratedRegex(@"[+−]\d+\.\d\dR|0\.00R", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NetPerTrade();
}
