using FuturesBot.Adapters.Binance;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging;
using Xunit;

namespace FuturesBot.Adapters.Tests.Binance;

public sealed class RequestBudgetTests : IDisposable
{
    private readonly ManualTime _time = new(new(2026, 11, 1, 12, 0, 10, TimeSpan.Zero));
    private readonly BanNotes _memory = new();
    private readonly AlertNotes _alerts = new();
    private readonly LogNotes _log = new();
    private readonly RequestBudget _budget;

    public RequestBudgetTests() => _budget = Create(new());

    public void Dispose() => _budget.Dispose();

    [Fact]
    public void Enter_FirstRequest_GoesAloneUntilItsAnswerTellsTheMinute()
    {
        var first = Granted(_budget.EnterAsync(new(1), RequestLane.MarketData));
        var second = _budget.EnterAsync(new(1), RequestLane.MarketData);
        Assert.False(second.IsCompleted);

        first.Answered(new(UsedWeight: 1_000));

        Assert.True(second.IsCompleted);
        Assert.Equal(1_001, _budget.Read().UsedWeight);
    }

    [Fact]
    public void Enter_MinuteIsUsedUp_WaitsForTheServersNextMinute()
    {
        Calibrate();
        Take(1_319, RequestLane.Protective);
        var next = _budget.EnterAsync(new(1), RequestLane.Protective);
        var late = _budget.EnterAsync(new(1), RequestLane.Protective);
        Assert.True(next.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(50));
        Assert.False(late.IsCompleted);   // the border is not known to the millisecond
        _time.Advance(TimeSpan.FromSeconds(1.1));

        Assert.True(late.IsCompleted);
    }

    [Theory]
    [InlineData(RequestLane.Protective, 1_320)]
    [InlineData(RequestLane.Reconcile, 1_254)]
    [InlineData(RequestLane.Entry, 1_188)]
    [InlineData(RequestLane.MarketData, 1_148)]
    [InlineData(RequestLane.History, 1_056)]
    public void Enter_OneLaneAlone_LeavesTheReservesOfThoseAboveIt(RequestLane lane, int ceiling)
    {
        Calibrate();
        var granted = 0;
        while (_budget.EnterAsync(new(1), lane) is { IsCompleted: true } wait)
        {
            granted++;
            Granted(wait).Dispose();
        }

        Assert.Equal(ceiling, granted);
    }

    [Fact]
    public void Enter_ServerCountsMoreThanWeDo_ItsCountHolds()
    {
        var first = Granted(_budget.EnterAsync(new(5), RequestLane.Reconcile));
        first.Answered(new(UsedWeight: 1_254));

        Assert.False(_budget.EnterAsync(new(1), RequestLane.Reconcile).IsCompleted);
        Assert.True(_budget.EnterAsync(new(66), RequestLane.Protective).IsCompleted);
    }

    [Fact]
    public async Task Restore_NothingIsKnownOfTheRunBefore_HalfOfTheUntoldLimitsCountsAsUsed()
    {
        await _budget.RestoreAsync(cancel: TestContext.Current.CancellationToken);
        Calibrate();
        var read = _budget.Read();
        Assert.Equal((500, 250), (read.FuturesData.Used, read.Funding.Used));
        Assert.Equal((150, 600), (read.Orders10Seconds.Used, read.OrdersMinute.Used));

        // 450 of the 500 are of this lane, and an earlier run may have used 250.
        Assert.Equal(200, Takes(new(1, Extra: ExtraLimit.Funding), RequestLane.MarketData));
        _time.Advance(TimeSpan.FromSeconds(5 * 60));
        Assert.Equal(0, Takes(new(0, Extra: ExtraLimit.Funding), RequestLane.MarketData));
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(450, Takes(new(0, Extra: ExtraLimit.Funding), RequestLane.MarketData));
    }

    [Fact]
    public async Task Restore_NothingIsKnownOfTheOrdersBefore_TheFirstAnswerTells()
    {
        await _budget.RestoreAsync(cancel: TestContext.Current.CancellationToken);
        Calibrate();
        Assert.Equal((300 * 70 / 100) - 150, Takes(new(0, Orders: 1), RequestLane.Entry));   // 10 seconds hold 210 of this lane

        _time.Advance(TimeSpan.FromSeconds(12));
        Assert.Equal(660, _budget.Read().OrdersMinute.Used);
        var order = Granted(_budget.EnterAsync(new(0, Orders: 1), RequestLane.Entry));
        order.Answered(new(UsedWeight: 1, Orders10S: 1, Orders1M: 61));

        Assert.Equal((1, 61), (_budget.Read().Orders10Seconds.Used, _budget.Read().OrdersMinute.Used));
    }

    [Fact]
    public async Task Restore_AfterAnOrderlyEnd_CountsWhatStillCounts()
    {
        using var folder = new TempFolder();
        var cancel = TestContext.Current.CancellationToken;
        using (var first = Create(new(), new BanFile(folder["ban"])))
        {
            await first.RestoreAsync(isFresh: true, cancel);
            Assert.Equal(0, first.Read().Funding.Used);
            for (var i = 0; i < 7; i++) (await first.EnterAsync(new(1, Extra: ExtraLimit.Funding), RequestLane.MarketData, cancel)).Answered(new(UsedWeight: 1));
            _time.Advance(TimeSpan.FromMinutes(4));
            for (var i = 0; i < 3; i++) (await first.EnterAsync(new(0, Extra: ExtraLimit.FuturesData), RequestLane.MarketData, cancel)).Answered(new(UsedWeight: 1));
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        using (var second = Create(new(), new BanFile(folder["ban"])))
        {
            await second.RestoreAsync(cancel: cancel);
            Assert.Equal((3, 7), (second.Read().FuturesData.Used, second.Read().Funding.Used));
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal((3, 0), (second.Read().FuturesData.Used, second.Read().Funding.Used));
        }

        // A run that breaks off leaves nothing: the next one does not go by what an earlier one left.
        using var third = Create(new(), new BanFile(folder["ban"]));
        await third.RestoreAsync(cancel: cancel);
        using var fourth = Create(new(), new BanFile(folder["ban"]));
        await fourth.RestoreAsync(cancel: cancel);
        Assert.Equal((500, 250), (fourth.Read().FuturesData.Used, fourth.Read().Funding.Used));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Funding 1793534400000 7")]
    [InlineData("Funding 1793534400000 7\nFund")]
    [InlineData("Funding 1793534400000 -7\nend")]
    [InlineData("Funding 1793534400000 99999999999\nend")]
    [InlineData("None 1793534400000 1\nend")]
    [InlineData("7 1793534400000 1\nend")]
    public async Task Restore_WhatWasUsedCannotBeRead_HalfCounts(string content)
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["ban.used"], content, TestContext.Current.CancellationToken);
        using var budget = Create(new(), new BanFile(folder["ban"]));

        await budget.RestoreAsync(cancel: TestContext.Current.CancellationToken);

        Assert.Equal(250, budget.Read().Funding.Used);
    }

    [Fact]
    public void Enter_OthersUseOurShareUp_OnlyStopsAndClosingsGoOn()
    {
        Calibrate(usedWeight: 2_000);

        Assert.False(_budget.EnterAsync(new(1), RequestLane.Reconcile).IsCompleted);
        Assert.True(_budget.EnterAsync(new(100), RequestLane.Protective).IsCompleted);
        Assert.False(_budget.EnterAsync(new(100), RequestLane.Protective).IsCompleted);   // 2,160 is where even they stop
    }

    [Fact]
    public void Enter_HeavyRequestWaits_LightOnesDoNotOvertakeIt()
    {
        Calibrate();
        Take(1_040, RequestLane.History);
        var heavy = _budget.EnterAsync(new(40), RequestLane.History);
        var light = _budget.EnterAsync(new(1), RequestLane.History);

        Assert.False(heavy.IsCompleted);
        Assert.False(light.IsCompleted);

        Assert.True(_budget.EnterAsync(new(0, Orders: 1), RequestLane.Entry).IsCompleted);   // needs another limit
    }

    [Fact]
    public void Enter_HeavyRequestWaits_LightOnesOfLowerLanesDoNotOvertakeItEither()
    {
        Calibrate();
        Take(1_040, RequestLane.History);
        var heavy = _budget.EnterAsync(new(140), RequestLane.MarketData);

        Assert.False(heavy.IsCompleted);
        Assert.False(_budget.EnterAsync(new(1), RequestLane.History).IsCompleted);
    }

    [Fact]
    public void Enter_RequestsStillOutAtTheBorder_CountInTheNextMinuteToo()
    {
        Calibrate();
        var slow = Granted(_budget.EnterAsync(new(1_000), RequestLane.Protective));
        _time.Advance(TimeSpan.FromSeconds(55));

        Assert.Equal(1_000, _budget.Read().OwnWeight);
        slow.Dispose();
        Assert.Equal(1_000, _budget.Read().OwnWeight);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(0, _budget.Read().OwnWeight);
    }

    [Fact]
    public void Enter_ManyAtOnce_OnlySoManyAreOutTogetherButClosingsGo()
    {
        Calibrate();
        var waits = Enumerable.Range(0, 40).Select(_ => _budget.EnterAsync(new(1), RequestLane.MarketData)).ToArray();

        Assert.Equal(16, waits.Count(wait => wait.IsCompleted));
        Assert.True(_budget.EnterAsync(new(1), RequestLane.Protective).IsCompleted);
        foreach (var wait in waits) Granted(wait).Dispose();
    }

    [Fact]
    public void Enter_SeveralLanesWait_TheMostUrgentGoesFirst()
    {
        Calibrate();
        Take(1_310, RequestLane.Protective);
        var order = new List<RequestLane>();
        RequestLane[] arrivals = [RequestLane.History, RequestLane.MarketData, RequestLane.Entry, RequestLane.Reconcile, RequestLane.Protective];
        var waits = arrivals.Select(lane => (lane, task: _budget.EnterAsync(new(1_000), lane))).ToList();
        while (waits.Count > 0)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            var done = Assert.Single(waits, wait => wait.task.IsCompleted);
            Granted(done.task).Dispose();
            order.Add(done.lane);
            waits.Remove(done);
        }

        Assert.Equal(Enum.GetValues<RequestLane>(), order);
    }

    [Fact]
    public void Enter_OrderLimitOf10Seconds_IsCountedApartAndReleasesWithItsWindow()
    {
        Calibrate();
        _time.Advance(TimeSpan.FromSeconds(2));
        var placed = 0;
        while (_budget.EnterAsync(new(0, Orders: 1), RequestLane.Entry) is { IsCompleted: true } order)
        {
            Granted(order).Answered(new(UsedWeight: null, ++placed, placed));
        }

        Assert.Equal(210, placed);
        Assert.Equal(new(210, 300), _budget.Read().Orders10Seconds);
        Assert.True(_budget.EnterAsync(new(0, Orders: 1), RequestLane.Protective).IsCompleted);   // closings have a rest
        Assert.True(_budget.EnterAsync(new(1), RequestLane.History).IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(0, _budget.Read().Lanes.Sum(lane => lane.Waiting));
    }

    [Fact]
    public void Enter_OrderCountOfTheServer_IncludesWhatAPersonDoesByHand()
    {
        Calibrate();
        _time.Advance(TimeSpan.FromSeconds(2));
        Granted(_budget.EnterAsync(new(0, Orders: 1), RequestLane.Entry)).Answered(new(null, Orders10S: 210, Orders1M: 210));

        Assert.False(_budget.EnterAsync(new(0, Orders: 1), RequestLane.Entry).IsCompleted);
    }

    [Fact]
    public void Enter_FuturesDataLimit_HoldsInEverySpanOfFiveMinutes()
    {
        Calibrate();
        var times = new List<DateTimeOffset>();
        Task<BudgetLease>? next = null;
        for (var second = 0; second < 1_200; second++)
        {
            for (var i = 0; i < 10; i++)
            {
                next ??= _budget.EnterAsync(new(0, Extra: ExtraLimit.FuturesData), RequestLane.MarketData);
                if (!next.IsCompleted) break;
                Granted(next).Answered(new(UsedWeight: 1));
                times.Add(_time.GetUtcNow());
                next = null;
            }

            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.True(times.Count > 2_700, $"{times.Count} requests went out");
        Assert.All(times, from => Assert.True(times.Count(at => at >= from && at < from.AddMinutes(5)) <= 1_000));
        Assert.Equal(1_000, _budget.Read().FuturesData.Limit);
    }

    [Fact]
    public void Limited_WithRetryAfter_StopsEverythingUntilThen()
    {
        Calibrate();
        _budget.Limited(TimeSpan.FromSeconds(7));
        var protective = _budget.EnterAsync(new(1), RequestLane.Protective);
        var history = _budget.EnterAsync(new(1), RequestLane.History);

        _time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(protective.IsCompleted);
        Assert.Equal(100, _budget.Read().PausedUntilMs - _time.GetUtcNow().ToUnixTimeMilliseconds());
        _time.Advance(TimeSpan.FromSeconds(0.2));

        Assert.True(protective.IsCompleted);
        Assert.False(history.IsCompleted);   // the first one finds out what the minute holds
        Granted(protective).Answered(new(UsedWeight: 1));
        Assert.True(history.IsCompleted);
    }

    [Fact]
    public void Limited_WithoutRetryAfter_StopsUntilTheNextMinute()
    {
        Calibrate();
        _budget.Limited(retryAfter: null);
        var next = _budget.EnterAsync(new(1), RequestLane.Protective);

        _time.Advance(TimeSpan.FromSeconds(50.5));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.6));
        Assert.True(next.IsCompleted);
    }

    [Fact]
    public async Task Banned_ManyRequestsMeetIt_OneEventOneLineOneAlertAndAllWait()
    {
        Calibrate();
        var notices = new List<BanNotice>();
        _budget.BanBegan = notices.Add;
        var until = _time.GetUtcNow().AddMinutes(2).ToUnixTimeMilliseconds();
        for (var i = 0; i < 20; i++) await _budget.BannedAsync(until + (i % 3));
        var waits = Enumerable.Range(0, 200).Select(_ => _budget.EnterAsync(new(1), RequestLane.History)).ToArray();

        Assert.Equal(until, Assert.Single(notices).UntilMs);
        Assert.Single(_log.Lines, line => line.Contains("418"));
        Assert.Equal(AlertKind.Ban, Assert.Single(_alerts.Raised).Kind);
        Assert.Equal(until + 2, _memory.UntilMs);
        Assert.Equal(TimeSpan.FromMilliseconds(120_002), _budget.Read().BanLeft);
        Assert.Equal(until + 2, Assert.Single(_budget.Read().Stops, stop => stop.IsBan).UntilMs);

        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.DoesNotContain(waits, wait => wait.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Granted(Assert.Single(waits, wait => wait.IsCompleted)).Answered(new(UsedWeight: 1));
        foreach (var wait in waits) Granted(wait).Answered(new(UsedWeight: 1));
        Assert.Null(_budget.Read().BanLeft);
    }

    [Fact]
    public async Task Banned_AgainAfterTheFirstEnded_IsANewBan()
    {
        await _budget.BannedAsync(_time.GetUtcNow().AddMinutes(2).ToUnixTimeMilliseconds());
        _time.Advance(TimeSpan.FromMinutes(3));
        await _budget.BannedAsync(_time.GetUtcNow().AddMinutes(10).ToUnixTimeMilliseconds());

        Assert.Equal(2, _alerts.Raised.Count);
    }

    [Fact]
    public async Task Banned_CannotBeStored_StillHoldsAndSaysSo()
    {
        _memory.Broken = true;
        await _budget.BannedAsync(_time.GetUtcNow().AddMinutes(2).ToUnixTimeMilliseconds());

        Assert.False(_budget.EnterAsync(new(1), RequestLane.Protective).IsCompleted);
        Assert.Contains(_log.Lines, line => line.Contains("disk full"));
    }

    [Fact]
    public async Task Restore_ABanOfAnEarlierRun_HoldsThisOneBack()
    {
        _memory.UntilMs = _time.GetUtcNow().AddMinutes(2).ToUnixTimeMilliseconds();
        await _budget.RestoreAsync(cancel: TestContext.Current.CancellationToken);
        var first = _budget.EnterAsync(new(1), RequestLane.Protective);

        _time.Advance(TimeSpan.FromSeconds(119));
        Assert.False(first.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1.1));
        Assert.True(first.IsCompleted);
    }

    [Fact]
    public async Task Enter_Cancelled_LeavesTheQueueAndLetsTheNextOneGo()
    {
        Calibrate();
        Take(1_040, RequestLane.History);
        using var impatient = new CancellationTokenSource();
        var heavy = _budget.EnterAsync(new(40), RequestLane.History, impatient.Token);
        var light = _budget.EnterAsync(new(1), RequestLane.History);
        Assert.False(light.IsCompleted);

        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => heavy);
        Assert.True(light.IsCompleted);
        Assert.Equal(0, _budget.Read().Lanes.Sum(lane => lane.Waiting));
    }

    [Fact]
    public async Task Enter_QueueIsFull_TheLeastUrgentOnesGoWithoutAndSaySo()
    {
        using var budget = Create(new() { WaitingMax = 2 });
        budget.Limited(TimeSpan.FromSeconds(10));
        var first = budget.EnterAsync(new(1), RequestLane.History);
        var second = budget.EnterAsync(new(1), RequestLane.MarketData);
        var third = budget.EnterAsync(new(1), RequestLane.History);
        var urgent = budget.EnterAsync(new(1), RequestLane.Protective);

        var refused = await Assert.ThrowsAsync<ExchangeException>(() => third);
        var displaced = await Assert.ThrowsAsync<ExchangeException>(() => first);
        Assert.Equal((ExchangeFault.Busy, ExchangeFault.Busy), (refused.Fault, displaced.Fault));
        Assert.Equal(2, budget.Read().Refused);

        _time.Advance(TimeSpan.FromSeconds(11));
        Granted(urgent).Dispose();
        Granted(second).Dispose();
    }

    [Fact]
    public async Task Enter_RequestThatNeverFits_FailsAtOnce()
    {
        using var budget = Create(new() { WeightPerMinute = 100, OwnWeightPerMinute = 30 });

        var fault = await Assert.ThrowsAsync<ExchangeException>(() => budget.EnterAsync(new(40), RequestLane.Protective));
        Assert.Contains("never fits", fault.Message);
    }

    [Fact]
    public async Task Dispose_WhileRequestsWait_EndsTheirWait()
    {
        _budget.Limited(TimeSpan.FromSeconds(10));
        var wait = _budget.EnterAsync(new(1), RequestLane.History);
        _budget.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => wait);
    }

    [Fact]
    public void Waiting_ManyRequests_KeepsOneTimer()
    {
        _budget.Limited(TimeSpan.FromSeconds(10));
        for (var i = 0; i < 100; i++) _ = _budget.EnterAsync(new(1), RequestLane.History);

        Assert.Equal(1, _time.TimersWaiting);
    }

    private RequestBudget Create(BudgetLimits limits, IBanMemory? memory = null) =>
        new(limits, _time, memory ?? _memory, _alerts, _log.CreateLogger<RequestBudget>());

    private void Calibrate(int usedWeight = 0) =>
        Granted(_budget.EnterAsync(new(0), RequestLane.Protective)).Answered(new(usedWeight));

    private void Take(int weight, RequestLane lane) => Granted(_budget.EnterAsync(new(weight), lane)).Answered(new(weight));

    // How many go at once; each is answered before the next.
    private int Takes(RequestCost cost, RequestLane lane)
    {
        using var leave = new CancellationTokenSource();
        for (var count = 0; ; count++)
        {
            if (_budget.EnterAsync(cost, lane, leave.Token) is not { IsCompleted: true } wait)
            {
                leave.Cancel();
                return count;
            }

            Granted(wait).Dispose();
        }
    }

    private static BudgetLease Granted(Task<BudgetLease> wait)
    {
        Assert.True(wait.IsCompletedSuccessfully, "the request had to wait");
        return wait.Result;
    }
}
