using FuturesBot.Engine.Chat;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

public sealed class ChatGateTests
{
    private const long NowMs = 1_793_534_400_000;
    private const long DayMs = 86_400_000;

    [Theory]
    [InlineData(5, 5, ChatVerdict.Heard)]             // a private chat has its person's number
    [InlineData(5, 6, ChatVerdict.NewStranger)]
    [InlineData(6, 6, ChatVerdict.NewStranger)]
    [InlineData(-100, 5, ChatVerdict.NewStranger)]    // a group without named people hears nobody
    [InlineData(5, 0, ChatVerdict.NewStranger)]
    public void Judge_WithoutNamedPeople_HearsTheOwnersOfPrivateChats(long chat, long user, ChatVerdict expected) =>
        Assert.Equal(expected, Gate([5, -100], []).Judge(Said(1, chat, user), NowMs));

    [Theory]
    [InlineData(-100, 9, ChatVerdict.Heard)]
    [InlineData(-100, 8, ChatVerdict.NewStranger)]
    [InlineData(-200, 9, ChatVerdict.NewStranger)]
    [InlineData(5, 5, ChatVerdict.NewStranger)]
    public void Judge_WithNamedPeople_HearsThemInAllowedChatsAlone(long chat, long user, ChatVerdict expected) =>
        Assert.Equal(expected, Gate([5, -100], [9]).Judge(Said(1, chat, user), NowMs));

    [Fact]
    public void Judge_OfNobodyAllowed_HearsNobody() =>
        Assert.Equal(ChatVerdict.NewStranger, Gate([], []).Judge(Said(1, 5, 5), NowMs));

    [Fact]
    public void Judge_OfTheSameUpdateTwice_SaysRepeated()
    {
        var gate = Gate([5], []);
        Assert.Equal(ChatVerdict.Heard, gate.Judge(Said(7, 5, 5), NowMs));
        Assert.Equal(ChatVerdict.Repeated, gate.Judge(Said(7, 5, 5), NowMs));
        Assert.Equal(ChatVerdict.Heard, gate.Judge(Said(6, 5, 5), NowMs));   // a webhook may bring them out of order
        gate.Forget(7);
        Assert.Equal(ChatVerdict.Heard, gate.Judge(Said(7, 5, 5), NowMs));
        Assert.Equal(3, gate.Counts[ChatVerdict.Heard]);
    }

    [Fact]
    public void Judge_OfWhatWasAnsweredBeforeTheStart_SaysRepeated()
    {
        var gate = Gate([5], [], seenUntil: 100);
        Assert.Equal(ChatVerdict.Repeated, gate.Judge(Said(100, 5, 5), NowMs));
        Assert.Equal(ChatVerdict.Heard, gate.Judge(Said(101, 5, 5), NowMs));
    }

    [Fact]
    public void Judge_OfMoreUpdatesThanAreRemembered_StillRepeatsNothing()
    {
        var gate = Gate([5], []);
        for (var id = 1; id <= 10_000; id++) Assert.Equal(ChatVerdict.Heard, gate.Judge(Said(id, 5, 5), NowMs));
        for (var id = 1; id <= 10_000; id += 100) Assert.Equal(ChatVerdict.Repeated, gate.Judge(Said(id, 5, 5), NowMs));
    }

    [Fact]
    public void Judge_AfterAWeekOfSilence_TakesLowerNumbers()
    {
        var gate = Gate([5], [], seenUntil: 100);
        gate.Judge(Said(200, 5, 5), NowMs);
        var later = NowMs + (8 * DayMs);
        Assert.Equal(ChatVerdict.Heard, gate.Judge(Said(50, 5, 5, later), later));
    }

    [Theory]
    [InlineData(0, ChatVerdict.Heard)]
    [InlineData(10 * 60_000, ChatVerdict.Heard)]
    [InlineData((10 * 60_000) + 1, ChatVerdict.Stale)]
    public void Judge_OfAnOldUpdate_DropsIt(long ageMs, ChatVerdict expected) =>
        Assert.Equal(expected, Gate([5], []).Judge(Said(1, 5, 5, NowMs - ageMs), NowMs));

    [Fact]
    public void Judge_OfAStranger_IsNewOnceADay()
    {
        var gate = Gate([5], []);
        Assert.Equal(ChatVerdict.NewStranger, gate.Judge(Said(1, 66, 66), NowMs));
        Assert.Equal(ChatVerdict.Stranger, gate.Judge(Said(2, 66, 66), NowMs));
        Assert.Equal(ChatVerdict.NewStranger, gate.Judge(Said(3, 67, 67), NowMs));
        Assert.Equal(ChatVerdict.NewStranger, gate.Judge(Said(4, 66, 66, NowMs + DayMs), NowMs + DayMs));
    }

    private static ChatGate Gate(long[] chats, long[] users, long seenUntil = 0) =>
        new(new(chats.ToHashSet(), users.ToHashSet(), TimeSpan.FromMinutes(10)), seenUntil);

    private static ChatUpdate Said(long id, long chat, long user, long atMs = NowMs) => new(id, chat, user, "/status", Press: null, atMs);
}
