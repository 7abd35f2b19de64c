using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Running;
using Xunit;

namespace FuturesBot.Engine.Tests.Running;

public sealed class WhyNotTests
{
    private static readonly SetupKind Kind = new("OrderFlow", "", Side.Long);

    [Fact]
    public void NearMiss_OfADecision_IsTheCheckThatFailed()
    {
        var board = new NearMissBoard();

        board.Add(Decision(5, DecisionStatus.NearMiss));
        board.Add(Decision(6, DecisionStatus.Fired));
        board.Add(Decision(7, DecisionStatus.NotMet));

        var miss = Assert.Single(board.Newest);
        Assert.Equal((5, "volume", 1.2), (miss.TimeMs, miss.Failed.Name, miss.Failed.Value));
    }

    [Fact]
    public void NearMisses_BeyondTheBound_ForgetTheOldest()
    {
        var board = new NearMissBoard();

        for (var i = 0; i < NearMissBoard.Keep + 3; i++) board.Add(Decision(i, DecisionStatus.NearMiss));

        Assert.Equal(NearMissBoard.Keep, board.Newest.Count());
        Assert.Equal((NearMissBoard.Keep + 2, 3), (board.Newest.First().TimeMs, board.Newest.Last().TimeMs));
    }

    [Fact]
    public void Refusals_PutBackFromTheStore_GoOnWithTheNewest()
    {
        var board = new RefusalBoard();

        board.RestoreRows([Note(3), Note(2), Note(1)]);
        board.Add(Note(4));

        Assert.Equal([4, 3, 2, 1], board.Newest.Select(note => note.TimeMs));
    }

    private static RefusalNote Note(long timeMs) => new(timeMs, "BTCUSDT", 15, "OrderFlow", true, "ScoreTooLow", 2.9, 3);

    private static DecisionRecord Decision(long atMs, DecisionStatus status) => new(
        Symbol.Btc, atMs, Kind, status,
        [
            new("note", 0, Comparison.AtLeast, 1, PredicateOutcome.Failed, PredicateRole.Note),
            new("imbalance", 0.3, Comparison.AtLeast, 0.25, PredicateOutcome.Passed, PredicateRole.Mandatory),
            new("volume", 1.2, Comparison.AtLeast, 1.5, PredicateOutcome.Failed, PredicateRole.Mandatory),
        ],
        RegimeReading.None, Verdict: null);
}
