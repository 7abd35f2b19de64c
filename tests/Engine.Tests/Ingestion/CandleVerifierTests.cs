using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ingestion;
using FuturesBot.Engine.Ports;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Ingestion;

public sealed class CandleVerifierTests
{
    private static readonly SeriesInfo Btc15m = new(Symbol.Btc, TimeFrame.M15);
    private static readonly long Open = TimeFrame.M15.OpenOf(new FakeMarket().NowMs) - TimeFrame.M15.Ms();

    private readonly FakeMarket _market = new();
    private readonly MemoryCandleStore _store = new();
    private readonly ManualTime _time = new();
    private readonly Notes _notes = new();

    private static Candle Right => FakeMarket.At(Btc15m, Open);

    private static Candle Wrong => Right with { Close = Right.Open, Volume = 1, TakerBuyVolume = 0 };

    [Fact]
    public async Task Check_SameAsTheExchanges_IsOneRequestOfWeightOne()
    {
        var counts = await CheckAsync(Right);

        Assert.Equal(new(Agreed: 1, 0, 0, 0, 0, 0), counts);
        Assert.Equal((Btc15m, new KlineRequest(Open, Open + TimeFrame.M15.Ms(), 2), RequestLane.History), Assert.Single(_market.Requests));
        Assert.Empty(await _store.ReadAsync(Btc15m, 0, long.MaxValue));
    }

    [Fact]
    public async Task Check_TheSameCandleTwice_IsCheckedOnce()
    {
        await CheckAsync(Right, Right);
        Assert.Single(_market.Requests);
    }

    [Fact]
    public async Task Check_Different_IsCountedAndTheExchangesRowStandsInTheStore()
    {
        await _store.AppendAsync(Btc15m, new[] { Wrong });

        var counts = await CheckAsync(Wrong);

        Assert.Equal(new(0, Mismatched: 1, 0, 0, 0, 0), counts);
        Assert.Equal(1, _notes.Mismatches);
        Assert.Equal([Right], await _store.ReadAsync(Btc15m, 0, long.MaxValue));
    }

    [Fact]
    public async Task Check_RowNotFinalAtFirst_IsLateAndTheStoreStays()
    {
        await _store.AppendAsync(Btc15m, new[] { Right });
        _market.Distort = (number, _, right) => number == 1 ? [Wrong] : right;

        var counts = await CheckAsync(Right);

        Assert.Equal(new(0, 0, Late: 1, 0, 0, 0), counts);
        Assert.Equal([Right], await _store.ReadAsync(Btc15m, 0, long.MaxValue));
    }

    [Fact]
    public async Task Check_RowKeepsChanging_WaitsUntilItIsSeenTwice()
    {
        _market.Distort = (number, _, _) => [Wrong with { Volume = Math.Min(number, 4) }];
        var counts = await CheckAsync(Right);
        Assert.Equal(1, counts.Mismatched);
        Assert.Equal(5, _market.Requests.Count);
        Assert.Equal([Wrong with { Volume = 4 }], await _store.ReadAsync(Btc15m, 0, long.MaxValue));
    }

    [Fact]
    public async Task Check_NoRow_IsUnconfirmed()
    {
        _market.Distort = (_, _, _) => [];
        Assert.Equal(new(0, 0, 0, Unconfirmed: 1, 0, 0), await CheckAsync(Right));
        Assert.Equal(2, _market.Requests.Count);
    }

    [Fact]
    public async Task Check_ExchangeSaysSomethingImpossible_NeverReachesTheStore()
    {
        await _store.AppendAsync(Btc15m, new[] { Right });
        _market.Distort = (_, _, _) => [Right with { High = Right.Low - 1 }];
        Assert.Equal(1, (await CheckAsync(Right)).Unconfirmed);
        Assert.Equal([Right], await _store.ReadAsync(Btc15m, 0, long.MaxValue));
    }

    [Fact]
    public async Task Check_QuestionFails_IsCountedAndTheNextIsChecked()
    {
        _market.Distort = (number, _, right) => number == 1 ? throw new IOException("cut") : right;
        var later = FakeMarket.At(Btc15m, Open - TimeFrame.M15.Ms());
        var counts = await CheckAsync(later, Right);
        Assert.Equal((1, 1), (counts.Failed, counts.Agreed));
        Assert.Single(_notes.Failures);
    }

    [Fact]
    public async Task Check_StreamLacksAVolume_IsNoDifference()
    {
        var counts = await CheckAsync(Right with { QuoteVolume = double.NaN, Trades = -1 });
        Assert.Equal(1, counts.Agreed);
    }

    [Fact]
    public void Check_TooManyWait_LeavesTheOldestOut()
    {
        var verifier = Verifier(new() { WaitingMax = 10 });
        for (var i = 0; i < 15; i++) verifier.Check(Btc15m, FakeMarket.At(Btc15m, Open + (i * TimeFrame.M15.Ms())));
        Assert.Equal((10, 5), (verifier.WaitingCount, verifier.Counts.LeftOut));
    }

    [Fact]
    public void Check_FrameBelowTheShortest_IsNotChecked()
    {
        var verifier = Verifier(new());
        verifier.Check(new(Symbol.Btc, TimeFrame.M1), Right);
        Assert.Equal(0, verifier.WaitingCount);
    }

    [Fact]
    public async Task CheckBrought_RunningMinuteTakenForAClosedOne_IsMendedWithinAMinute()
    {
        var minute = new SeriesInfo(Symbol.Btc, TimeFrame.M1);
        var right = FakeMarket.At(minute, Open);
        var half = right with { Close = right.Open, Volume = 1, TakerBuyVolume = 0 };
        await _store.AppendAsync(minute, new[] { half });
        var verifier = Verifier(new());
        using var ends = new CancellationTokenSource();
        var work = Task.Run(() => verifier.RunAsync(ends.Token));
        verifier.Check(new(Symbol.Btc, TimeFrame.M1), FakeMarket.At(minute, Open + TimeFrame.M1.Ms()));   // the stream is further

        var began = _time.GetUtcNow();
        verifier.CheckBrought(minute, half);
        while (verifier.Counts.Mismatched == 0) await StepAsync();

        Assert.InRange(_time.GetUtcNow() - began, TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(50));
        Assert.Equal([right], await _store.ReadAsync(minute, 0, long.MaxValue));
        Assert.Equal(1, _notes.Mismatches);
        await ends.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    [Fact]
    public async Task Run_BudgetInUse_WaitsUntilItIsFree()
    {
        _market.Use = 0.6;
        var verifier = Verifier(new());
        using var ends = new CancellationTokenSource();
        var work = Task.Run(() => verifier.RunAsync(ends.Token));
        verifier.Check(Btc15m, Right);
        for (var i = 0; i < 100; i++) await StepAsync();
        Assert.Empty(_market.Requests);

        _market.Use = 0.2;
        while (verifier.Counts.Agreed == 0) await StepAsync();
        await ends.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    private async Task<VerifierCounts> CheckAsync(params Candle[] streamed)
    {
        var verifier = Verifier(new());
        using var ends = new CancellationTokenSource();
        var work = Task.Run(() => verifier.RunAsync(ends.Token));
        foreach (var candle in streamed) verifier.Check(Btc15m, candle);
        for (var steps = 0; steps < 400; steps++) await StepAsync();
        Assert.Equal(0, verifier.WaitingCount);
        await ends.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
        return verifier.Counts;
    }

    private async Task StepAsync()
    {
        await Patience.UntilAsync(() => _time.TimersWaiting == 1, "the verifier waits");
        _time.Advance(TimeSpan.FromMilliseconds(500));
    }

    private CandleVerifier Verifier(VerifierOptions options) => new(_market, _store, _market, options, _time, _notes);
}
