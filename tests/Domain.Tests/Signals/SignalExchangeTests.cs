using FuturesBot.Domain.Market;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using Xunit;
using static FuturesBot.Domain.Tests.Signals.SignalSim;

namespace FuturesBot.Domain.Tests.Signals;

/// <summary>Live trading: the exchange says what filled; prices only watch, trail and time out.</summary>
public sealed class SignalExchangeTests
{
    private static TradePlan Live(EntryType type = EntryType.Limit) =>
        Plan(type: type) with { Fills = FillSource.Exchange };

    private static readonly SignalInput Filled = new SignalInput.EntryOrderFilled(T0 + 1, 10m, 100m, Whole: true);

    [Fact]
    public void Prices_WithoutAReport_FillNothing()
    {
        var (state, _) = Run(Live(), Bar(0, 100, 105, 95, 100));

        Assert.IsType<SignalState.PendingEntry>(state);
    }

    [Fact]
    public void PartialFill_IsProtectedAndSizedByWhatFilled()
    {
        var (state, _) = Run(Live(), new SignalInput.EntryOrderFilled(T0 + 1, 4m, 100m, Whole: false));

        var partial = Assert.IsType<SignalState.PartiallyFilled>(state);
        Assert.Equal((4m, Protection.Missing), (partial.Position.Quantity, state.Protection));
    }

    [Fact]
    public void PartialFill_EntryEnds_KeepsWhatFilled()
    {
        var (state, _) = Run(
            Live(),
            new SignalInput.EntryOrderFilled(T0 + 1, 4m, 100m, Whole: false),
            new SignalInput.EntryOrderCancelled(T0 + 2, 4m));

        Assert.Equal(4m, Assert.IsType<SignalState.Open>(state).Position.Quantity);
    }

    [Fact]
    public void Expiry_AsksTheExchange_AndItsAnswerDecides()
    {
        var bars = Enumerable.Range(0, 5).Select(i => Bar(i, 101, 102, 100.5, 101)).ToArray();

        var (asked, journal) = Run(Live(), bars);
        var (expired, _) = Feed(asked, [new SignalInput.EntryOrderCancelled(T0 + (5 * Quarter), 0m)]);
        var (filled, _) = Feed(asked, [Filled]);

        Assert.Equal(CancelReason.Expiry, Assert.IsType<SignalEvent.CancelWanted>(journal[^1]).Why);
        Assert.IsType<SignalState.Expired>(expired);
        Assert.IsType<SignalState.Open>(filled);
    }

    [Fact]
    public void Reject_KeepsTheCode()
    {
        var (state, _) = Run(Live(), new SignalInput.EntryOrderRejected(T0, "-2019"));

        Assert.Equal("-2019", Assert.IsType<SignalState.Rejected>(state).Code);
    }

    [Fact]
    public void Close_ByHand_AsksAndWaitsForTheFill()
    {
        var command = new SignalInput.Command(CommandKind.Close, T0 + 5);
        var (asked, journal) = Run(Live(), Filled, command, command);
        var (closed, _) = Feed(asked, [new SignalInput.ExitOrderFilled(T0 + 9, CloseReason.Manual, 10m, 101m, 0m)]);

        Assert.Single(journal.OfType<SignalEvent.ExitWanted>());
        Assert.Equal(0.5m, Assert.IsType<SignalState.Closed>(closed).Result.NetR);
    }

    [Fact]
    public void TimeStop_AsksOnce()
    {
        var bars = Enumerable.Range(0, 12).Select(i => Bar(i, 100, 100.5, 99, 99.6));

        var (state, journal) = Run(Live(), [Filled, .. bars]);

        Assert.Equal(CloseReason.Time, Assert.Single(journal.OfType<SignalEvent.ExitWanted>()).Reason);
        Assert.IsType<SignalState.Open>(state);
    }

    [Fact]
    public void Reports_OlderOne_ChangesNothing()
    {
        var (state, _) = Run(
            Live(),
            Filled,
            new SignalInput.ProtectionReported(T0 + 20, Protection.Live),
            new SignalInput.ProtectionReported(T0 + 10, Protection.Moving),
            new SignalInput.ExchangeReported(T0 + 20, ExchangeView.Unknown),
            new SignalInput.ExchangeReported(T0 + 10, ExchangeView.Known));

        Assert.Equal((Protection.Live, ExchangeView.Unknown), (state.Protection, state.Exchange));
    }

    [Fact]
    public void Reports_OfALife_InAnyOrderAndDoubled_SameResult()
    {
        SignalInput[] facts =
        [
            Accepted(Live()),
            new SignalInput.EntryOrderFilled(T0 + 1, 4m, 100m, Whole: false),
            new SignalInput.EntryOrderFilled(T0 + 2, 10m, 100m, Whole: true),
            new SignalInput.ExitOrderFilled(T0 + 3, CloseReason.Tp1, 3m, 102m, 0.0002m),
            new SignalInput.ExitOrderFilled(T0 + 4, CloseReason.Tp2, 4m, 104m, 0.0002m),
            new SignalInput.ExitOrderFilled(T0 + 5, CloseReason.Trail, 3m, 103m, 0.0005m),
        ];
        var expected = Assert.IsType<SignalState.Closed>(Feed(SignalLifecycle.Create(Live()), facts).State).Result;
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var all = facts.SelectMany(i => Enumerable.Repeat(i, random.Next(1, 3))).ToArray();
            random.Shuffle(all);

            var (state, journal) = Feed(SignalLifecycle.Create(Live()), all);

            var result = Assert.IsType<SignalState.Closed>(state).Result;
            Assert.True(result.NetR == expected.NetR, $"seed {seed}: {result}");
            Assert.True(result.Exits.Equals(expected.Exits), $"seed {seed}");
            Assert.Single(journal.OfType<SignalEvent.Closed>());
        }
    }
}
