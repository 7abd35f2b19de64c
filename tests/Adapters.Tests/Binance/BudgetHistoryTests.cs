using FuturesBot.Adapters.Binance;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance;

public sealed class BudgetHistoryTests : IDisposable
{
    private const long Minute = 60_000;

    private readonly RequestBudget _budget;
    private readonly BudgetHistory _history;

    public BudgetHistoryTests()
    {
        var time = new ManualTime();
        _budget = new(new(), time, new BanNotes(), new AlertNotes(), NullLogger<RequestBudget>.Instance);
        _history = new(_budget, time);
    }

    public void Dispose() => _budget.Dispose();

    [Fact]
    public void Look_WithinAMinute_KeepsTheMost()
    {
        Look(Minute, own: 10, used: 30);
        Look(Minute, own: 40, used: 20);
        Look(2 * Minute, own: 5, used: 6);

        Assert.Equal([new(Minute, 40, 30), new(2 * Minute, 5, 6)], _history.Minutes);
    }

    [Fact]
    public void Look_ForHours_KeepsTheNewestHour()
    {
        for (var i = 1; i <= 200; i++) Look(i * Minute, i, i);

        Assert.Equal(BudgetHistory.MinutesKept, _history.Minutes.Count);
        Assert.Equal(200 * Minute, _history.Minutes[^1].EndMs);
    }

    [Fact]
    public void Look_DuringABan_RemembersItOnceAndItsLaterEnd()
    {
        Look(Minute, 1, 1, bannedUntilMs: 500_000, isFirst: true);
        Look(Minute, 1, 1, bannedUntilMs: 600_000);
        Look(20 * Minute, 1, 1, bannedUntilMs: 30 * Minute);

        Assert.Equal([(20 * Minute, 30 * Minute), (null, 600_000)], _history.Bans);
    }

    private void Look(long endMs, int own, int used, long? bannedUntilMs = null, bool isFirst = false) => _history.Look(
        _budget.Read() with
        {
            AtMs = endMs,
            WindowEndsMs = endMs,
            OwnWeight = own,
            UsedWeight = used,
            BannedUntilMs = bannedUntilMs,
        },
        isFirst);
}
