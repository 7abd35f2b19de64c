using FuturesBot.Engine.Chat;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

public sealed class ChatDeskTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/STATUS")]
    [InlineData("  /Status  ")]
    [InlineData("/status@futures_test_bot")]
    [InlineData("/status@FUTURES_TEST_BOT")]
    public async Task Answer_CommandInAnyCase_IsUnderstood(string text)
    {
        using var desk = new Desk();

        var reply = await desk.WriteAsync(text);

        Assert.StartsWith("<b>Статус</b>", reply.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_CommandToAnotherBot_IsLeftAlone()
    {
        using var desk = new Desk();

        var replies = await desk.Subject.AnswerAsync(new(1, Desk.Chat, Desk.User, "/status@another_bot", null, 0), Cancel);

        Assert.Empty(replies);
    }

    [Theory]
    [InlineData(".ыефегы", "/status")]
    [InlineData("ЫЕФЕГЫ", "/status")]
    [InlineData("/statsu", "/status")]   // as near as /stats; the first of the help is taken
    [InlineData("/perfomance 30", "/performance")]
    [InlineData("/зфгыу", "/pause")]
    [InlineData("stop", null)]
    [InlineData("/confluencestats", "/confluence_stats")]
    [InlineData("/abrakadabra", null)]
    [InlineData("/", null)]
    public async Task Answer_Typo_OffersTheNearestCommandAndRunsNothing(string text, string? nearest)
    {
        using var desk = new Desk();

        var reply = await desk.WriteAsync(text);

        LegalReply.Check(reply);
        Assert.Empty(desk.Book.Orders);
        if (nearest is null) Assert.Contains("/help", reply.Html, StringComparison.Ordinal);
        else Assert.Equal(nearest, Assert.Single(Assert.Single(reply.Buttons)).Text);
    }

    [Fact]
    public async Task Answer_LongList_TurnsPagesInPlace()
    {
        using var desk = new Desk();
        var first = await desk.WriteAsync("/closed 168");
        var forward = Assert.Single(first.Buttons).Single(button => button.Text == "›");

        var second = await desk.PressAsync(forward.Data);
        var back = second.Buttons[0].Single(button => button.Text == "‹");
        var again = await desk.PressAsync(back.Data);

        Assert.Null(first.Replaces);
        Assert.Equal((99L, "callback"), (second.Replaces, second.AnswersPress));
        Assert.NotEqual(first.Html, second.Html);
        Assert.Equal(first.Html, again.Html);
    }

    [Fact]
    public async Task Answer_AllPages_ShowEveryEntryOnce()
    {
        using var desk = new Desk();
        var shown = new List<string>();
        var reply = await desk.WriteAsync("/closed 168");
        while (true)
        {
            shown.AddRange(reply.Html.Split("\n\n")[1..]);
            if (reply.Buttons[0].FirstOrDefault(button => button.Text == "›") is not { } next) break;
            reply = await desk.PressAsync(next.Data);
        }

        var expected = BookTrades.All.Count(trade => trade.ClosedAtMs >= FixedBook.Now - (168 * 3_600_000L));
        Assert.Equal(expected, shown.Count);
        Assert.Equal(expected, shown.Distinct().Count());
    }

    [Fact]
    public async Task Answer_PageThatIsGone_ShowsTheLastOne()
    {
        using var desk = new Desk();

        var reply = await desk.PressAsync("p:77:closed 24");

        LegalReply.Check(reply);
        Assert.DoesNotContain(reply.Buttons[0], button => button.Text == "›");
    }

    [Fact]
    public async Task Answer_MenuButtons_LeadToEveryCommandWithoutArguments()
    {
        using var desk = new Desk();
        var names = new HashSet<string>();
        var page = await desk.PressAsync("m:0");
        while (true)
        {
            foreach (var button in page.Buttons.SelectMany(row => row).Where(button => button.Data.StartsWith("c:", StringComparison.Ordinal)))
            {
                names.Add(button.Data[2..]);
                var reply = await desk.PressAsync(button.Data);
                LegalReply.Check(reply);
                Assert.Equal(99, reply.Replaces);
            }

            if (page.Buttons[^1].FirstOrDefault(button => button.Text == "›") is not { } next) break;
            page = await desk.PressAsync(next.Data);
        }

        Assert.Equal(
            desk.Subject.Catalog.All.Select(command => command.Name).Except(["start", "menu", "why", "size"]).Order(), names.Order());
        Assert.Empty(desk.Failures);
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("p:")]
    [InlineData("p:-1:status")]
    [InlineData("p:99999999999:status")]
    [InlineData("m:x")]
    [InlineData("z:status")]
    [InlineData("\0\0\0")]
    public async Task Answer_ButtonThatMeansNothing_LeavesTheMessageAsItIs(string data)
    {
        using var desk = new Desk();

        var reply = await desk.PressAsync(data);

        Assert.Equal(("", null, "callback"), (reply.Html, reply.Replaces, reply.AnswersPress));
    }

    [Fact]
    public async Task Answer_CommandWithABug_SaysSoAndReportsIt()
    {
        using var desk = new Desk();
        desk.Book.Fault = new InvalidOperationException("secret detail");

        var reply = await desk.WriteAsync("/status");

        LegalReply.Check(reply);
        Assert.Contains("ошибка", reply.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", reply.Html, StringComparison.Ordinal);
        Assert.Equal("status: secret detail", Assert.Single(desk.Failures));
    }

    [Fact]
    public async Task Answer_HostileText_IsAnsweredWithinBounds()
    {
        using var desk = new Desk();
        string[] hostile =
        [
            new('a', 10_000), "/" + new string('s', 10_000), "/why " + new string('<', 5_000), "<b>unclosed", "</b></i>&amp;&#0;",
            "/why <script>alert(1)</script>", "/size SOL 1e9999", "/size SOL NaN NaN", "/closed 99999999999999999999", "/performance -1", "/performance ٧",
            "\u202E/status", "/status\u0000\u0007", "\uD800", "/\uDFFF\uD800", "/why \u202Etest", string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 500)), "", " ", "\n\r\t",
            "/settings quiet -1--1", "/settings signals signals", "/language <i>", "0000", "٠٠٠٠", "/validate " + new string('字', 300),
            "/size ETH 1 79228162514264337593543950335", "/size ETH 1 0.00000000000001",
        ];
        foreach (var text in hostile) LegalReply.Check(await desk.WriteAsync(text));
        Assert.Empty(desk.Failures);
        Assert.Empty(desk.Book.Orders);
    }

    [Fact]
    public async Task Answer_AnyText_NeverThrowsAndStaysLegal()
    {
        using var desk = new Desk();
        desk.Book.ManySymbols = 40;
        var random = new Random(4_711);
        string[] words = [.. desk.Subject.Catalog.Names.Select(name => "/" + name), "SOLUSDT", "sol", "24", "-3", "0.5", "on", "off", "quiet", "23-7", "ru", "1234"];
        const string Letters = "<>&\"'/.@ ab01йё_%\u0000\u200F\uD83D\uDE00\uD800\n‰字";
        for (var i = 0; i < 1_500; i++)
        {
            var text = string.Join(random.Next(4) == 0 ? "\u00A0" : " ", Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(3) == 0
                ? string.Concat(Enumerable.Range(0, random.Next(0, 40)).Select(_ => Letters[random.Next(Letters.Length)]))
                : words[random.Next(words.Length)]));
            desk.Codes.Enqueue(random.Next(10_000));
            desk.Book.HasTrouble = i % 2 == 0;
            desk.Book.IsEmpty = i % 7 == 0;
            var press = random.Next(4) == 0 ? new ChatPress("callback", 99, text) : null;
            var replies = await desk.Subject.AnswerAsync(new(i, Desk.Chat, Desk.User, press is null ? text : "", press, 0), Cancel);
            Assert.All(replies, LegalReply.Check);
            Assert.True(replies.Count == 1 || text.Contains('@', StringComparison.Ordinal), $"no answer to: {text}");
        }

        Assert.Empty(desk.Failures);
    }
}
