using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

public sealed class SendPaceTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Wait_AfterABurst_IsASecondPerMessage()
    {
        var pace = new SendPace(new() { ChatBurst = 3 }, _time);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(TimeSpan.Zero, pace.Wait(7));
            pace.Take(7);
        }

        Assert.Equal(TimeSpan.FromSeconds(1), pace.Wait(7));
        Assert.Equal(TimeSpan.Zero, pace.Wait(8));
        _time.Advance(TimeSpan.FromMilliseconds(1_000));
        Assert.Equal(TimeSpan.Zero, pace.Wait(7));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Wait_AtAnyPace_KeepsEveryLimit(int seed)
    {
        var random = new Random(seed);
        var pace = new SendPace(new(), _time);
        var sent = new List<(DateTimeOffset At, long Chat)>();
        long[] chats = [.. Enumerable.Range(1, 50).Select(chat => (long)chat), -1, -2];
        for (var i = 0; i < 4_000; i++)
        {
            var chat = chats[random.Next(chats.Length)];
            if (random.Next(3) == 0) chat = -1;
            if (pace.Wait(chat) == TimeSpan.Zero)
            {
                pace.Take(chat);
                sent.Add((_time.GetUtcNow(), chat));
            }

            _time.Advance(TimeSpan.FromMilliseconds(random.Next(40)));
        }

        Assert.True(Most(sent, TimeSpan.FromSeconds(1)) <= 30);
        foreach (var chat in chats)
        {
            var own = sent.Where(one => one.Chat == chat).ToList();
            Assert.True(Most(own, TimeSpan.FromSeconds(10)) <= 13, $"chat {chat} got more than a burst and one a second");
            if (chat < 0) Assert.True(Most(own, TimeSpan.FromMinutes(1)) <= 20);
        }

        Assert.True(sent.Count > 1_000, $"only {sent.Count} went out: the test sees nothing");
    }

    [Fact]
    public void HoldAll_ForAWhile_HoldsEveryChatAndIsNotShortened()
    {
        var pace = new SendPace(new(), _time);
        pace.HoldAll(TimeSpan.FromSeconds(30));
        pace.HoldAll(TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(TimeSpan.FromSeconds(20), pace.Wait(1));
        Assert.Equal(TimeSpan.FromSeconds(20), pace.Wait(-2));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.Zero, pace.Wait(1));
    }

    private static int Most(List<(DateTimeOffset At, long Chat)> sent, TimeSpan window) =>
        sent.Count == 0 ? 0 : sent.Max(from => sent.Count(one => one.At >= from.At && one.At - from.At < window));
}
