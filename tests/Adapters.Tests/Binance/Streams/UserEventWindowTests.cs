using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance.Streams;

public sealed class UserEventWindowTests
{
    private readonly ManualTime _time = new();
    private readonly List<UserEvent> _emitted = [];

    [Fact]
    public async Task Add_OutOfOrderWithinTheWindow_IsPutInOrder()
    {
        await using var window = Window(50);

        window.Add(Told(3));
        _time.Advance(TimeSpan.FromMilliseconds(20));
        window.Add(Told(1));
        window.Add(Told(2, transactionMs: 2));
        window.Add(Told(2, transactionMs: 1));
        Assert.Empty(_emitted);
        _time.Advance(TimeSpan.FromMilliseconds(30));

        Assert.Equal([Told(1), Told(2, 1), Told(2, 2), Told(3)], _emitted);
        Assert.Equal(0, window.Late);
    }

    [Fact]
    public async Task Add_AtTheSameTime_KeepsTheOrderOfArrival()
    {
        await using var window = Window(50);
        var (first, second) = (new UserEvent.Unknown(1, 1, "A", ""), new UserEvent.Unknown(1, 1, "B", ""));

        window.Add(first);
        window.Add(second);
        _time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal([first, second], _emitted);
    }

    [Fact]
    public async Task Add_AfterTheWindow_IsPassedOnAndCounted()
    {
        await using var window = Window(50);
        window.Add(Told(5));
        _time.Advance(TimeSpan.FromMilliseconds(50));

        window.Add(Told(4));
        window.Add(Told(6));
        _time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal([Told(5), Told(4), Told(6)], _emitted);
        Assert.Equal(1, window.Late);
    }

    [Fact]
    public async Task Add_OneAfterTheOther_NoneWaitsLongerThanTheWindow()
    {
        await using var window = Window(50);
        for (var i = 1; i <= 100; i++)
        {
            window.Add(Told(i));
            _time.Advance(TimeSpan.FromMilliseconds(10));
            Assert.True(_emitted.Count >= i - 5, $"after {i} only {_emitted.Count}");
        }
    }

    [Fact]
    public async Task Add_NoWindow_PassesOnAtOnce()
    {
        await using var window = Window(0);

        window.Add(Told(2));
        window.Add(Told(1));

        Assert.Equal([Told(2), Told(1)], _emitted);
    }

    [Fact]
    public async Task Flush_WhatWaits_ComesBeforeWhatFollows()
    {
        await using var window = Window(50);
        window.Add(Told(2));
        window.Add(Told(1));

        window.Flush(then: new UserEvent.Resynced(0, 0, "why"));
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal([Told(1), Told(2), new UserEvent.Resynced(0, 0, "why")], _emitted);
    }

    private static UserEvent Told(long eventMs, long? transactionMs = null) =>
        new UserEvent.ListenKeyExpired(eventMs, transactionMs ?? eventMs);

    private UserEventWindow Window(int ms) => new(_time, TimeSpan.FromMilliseconds(ms), _emitted.Add);
}
