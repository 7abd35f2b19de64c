using System.Text.RegularExpressions;
using FuturesBot.Engine.Chat;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

public sealed partial class ChatCodeTests
{
    [Fact]
    public async Task Pause_RightCode_HaltsAndSaysSo()
    {
        using var desk = new Desk();
        var code = CodeIn(await desk.WriteAsync("/pause"));
        Assert.Empty(desk.Book.Orders);

        var reply = await desk.WriteAsync(code);

        Assert.Equal(["halt"], desk.Book.Orders);
        Assert.Contains("остановлены", reply.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_CodeTwice_ActsOnce()
    {
        using var desk = new Desk();
        var code = CodeIn(await desk.WriteAsync("/pause"));
        await desk.WriteAsync(code);

        var reply = await desk.WriteAsync(code);

        Assert.Single(desk.Book.Orders);
        Assert.Contains("ничего подтверждать не нужно", reply.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(119, true)]
    [InlineData(120, false)]
    public async Task Pause_CodeAfterSeconds_LivesTwoMinutes(int seconds, bool acts)
    {
        using var desk = new Desk();
        var code = CodeIn(await desk.WriteAsync("/pause"));
        desk.Time.Advance(TimeSpan.FromSeconds(seconds));

        var reply = await desk.WriteAsync(code);

        Assert.Equal(acts, desk.Book.Orders.Count == 1);
        if (!acts) Assert.Contains("устарел", reply.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pause_WrongThreeTimes_IsCancelled()
    {
        using var desk = new Desk();
        var code = CodeIn(await desk.WriteAsync("/pause"));
        var wrong = code == "0000" ? "0001" : "0000";

        var first = await desk.WriteAsync(wrong);
        var second = await desk.WriteAsync(wrong);
        var third = await desk.WriteAsync(wrong);
        var late = await desk.WriteAsync(code);

        Assert.Contains("осталось: 2", first.Html, StringComparison.Ordinal);
        Assert.Contains("осталось: 1", second.Html, StringComparison.Ordinal);
        Assert.Contains("отменена", third.Html, StringComparison.Ordinal);
        Assert.Contains("ничего подтверждать", late.Html, StringComparison.Ordinal);
        Assert.Empty(desk.Book.Orders);
    }

    [Theory]
    [InlineData(Desk.User + 1, Desk.Chat)]
    [InlineData(Desk.User, Desk.Chat + 1)]
    public async Task Pause_CodeOfAnotherPersonOrChat_DoesNothing(long user, long chat)
    {
        using var desk = new Desk();
        var code = CodeIn(await desk.WriteAsync("/pause"));

        await desk.WriteAsync(code, user, chat);
        Assert.Empty(desk.Book.Orders);

        await desk.WriteAsync(code);
        Assert.Single(desk.Book.Orders);
    }

    [Fact]
    public async Task Pause_Cancelled_CodeIsWorthNothing()
    {
        using var desk = new Desk();
        var asked = await desk.WriteAsync("/pause");
        await desk.PressAsync(Assert.Single(Assert.Single(asked.Buttons)).Data);

        await desk.WriteAsync(CodeIn(asked));

        Assert.Empty(desk.Book.Orders);
    }

    [Fact]
    public async Task Pause_AskedTwice_OnlyTheNewCodeCounts()
    {
        using var desk = new Desk();
        var old = CodeIn(await desk.WriteAsync("/pause"));
        var now = CodeIn(await desk.WriteAsync("/pause"));

        await desk.WriteAsync(old);
        Assert.Empty(desk.Book.Orders);

        await desk.WriteAsync(now);
        Assert.Single(desk.Book.Orders);
    }

    [Fact]
    public async Task Resume_RightCode_AllowsEntries()
    {
        using var desk = new Desk();
        desk.Book.Halt = new(0, "chat");

        await desk.WriteAsync(CodeIn(await desk.WriteAsync("/resume")));

        Assert.Equal(["allow"], desk.Book.Orders);
        Assert.Null(desk.Book.Halt);
    }

    [Fact]
    public async Task Pause_StoreFails_SaysThatItHoldsUntilARestart()
    {
        using var desk = new Desk();
        desk.Book.StoreFault = new IOException("disk full");

        var reply = await desk.WriteAsync(CodeIn(await desk.WriteAsync("/pause")));

        Assert.NotNull(desk.Book.Halt);
        Assert.Contains("записать это не удалось", reply.Html, StringComparison.Ordinal);
        Assert.Equal(": disk full", Assert.Single(desk.Failures));
    }

    [Fact]
    public async Task Resume_StoreFails_StaysPaused()
    {
        using var desk = new Desk();
        desk.Book.Halt = new(0, "chat");
        desk.Book.StoreFault = new IOException("disk full");

        var reply = await desk.WriteAsync(CodeIn(await desk.WriteAsync("/resume")));

        Assert.NotNull(desk.Book.Halt);
        Assert.Contains("ошибка", reply.Html, StringComparison.Ordinal);
        Assert.Single(desk.Failures);
    }

    [Fact]
    public async Task Settings_Confirmed_AreKeptOverARestart()
    {
        using var desk = new Desk();
        foreach (var change in (string[])["quiet 23-7", "signals off", "closes off", "signals on"])
            await desk.WriteAsync(CodeIn(await desk.WriteAsync("/settings " + change)));
        await desk.WriteAsync("/language en");

        using var again = new Desk(store: desk.Store);
        await again.Settings.LoadAsync(TestContext.Current.CancellationToken);

        var kept = again.Settings.Of(Desk.Chat);
        Assert.Equal((23, 7, Domain.Reporting.ChatLanguage.English), (kept.QuietFrom, kept.QuietTo, kept.Language));
        Assert.Equal([AlertGroup.Closes], kept.Muted);
        Assert.Equal((true, false, true), (kept.Wants(AlertGroup.Signals), kept.Wants(AlertGroup.Closes), kept.Wants(AlertGroup.Danger)));
        Assert.Equal(new ChatSettings().Language, again.Settings.Of(Desk.Chat + 1).Language);
    }

    [Theory]
    [InlineData(20, false)]   // 22:00 in Kyiv
    [InlineData(21, true)]
    [InlineData(3, true)]
    [InlineData(5, false)]    // 07:00
    public void IsSilentAt_QuietOverMidnight_CountsHoursOfTheZone(int utcHour, bool silent)
    {
        var settings = new ChatSettings { QuietFrom = 23, QuietTo = 7 };
        var at = new DateTimeOffset(2026, 11, 20, utcHour, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

        Assert.Equal(silent, settings.IsSilentAt(at, Desk.Zone));
    }

    [Fact]
    public void Ask_MoreThanMayWait_ForgetsTheOldest()
    {
        var time = new TestKit.ManualTime();
        var codes = new ChatCodes(_ => 1_234, time);
        var order = new ChatOrder(_ => Task.FromResult(ChatAnswer.Of("")));
        for (var user = 0; user <= ChatCodes.WaitingMax; user++)
        {
            codes.Ask(1, user, order);
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(CodeVerdict.NothingWaits, codes.Try(1, 0, "1234").Verdict);
        Assert.Equal(CodeVerdict.Right, codes.Try(1, 1, "1234").Verdict);
    }

    private static string CodeIn(ChatReply reply) => Code().Match(reply.Html).Groups["code"].Value;

    [GeneratedRegex("<code>(?<code>[0-9]{4})</code>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
