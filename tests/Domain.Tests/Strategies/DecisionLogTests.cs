using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using Xunit;

namespace FuturesBot.Domain.Tests.Strategies;

public sealed class DecisionLogTests
{
    private static readonly SetupKind[] Kinds = [.. Enumerable.Range(0, 60).Select(i => new SetupKind($"S{i}", "", Side.Long))];

    [Fact]
    public void Of_MoreQuestionsThanThereIsRoomForAtFirst_HasThemAllInOrder()
    {
        var log = new DecisionLog(exhaustive: true, new());
        AskMany(log, questions: 60, checks: 17);

        Assert.Equal(Kinds.Select(kind => kind.Strategy), log.Decisions.ToArray().Select(head => head.Kind.Strategy));
        foreach (var head in log.Decisions)
        {
            Assert.Equal(
                Enumerable.Range(0, 17).Select(i => ($"{head.Kind.Strategy} {i}", (double)i)),
                log.Of(head).ToArray().Select(check => (check.Name, check.Value)));
        }
    }

    [Fact]
    public void Check_AtTheBound_NamesIt()
    {
        var log = new DecisionLog(exhaustive: true, new());

        var fault = Assert.Throws<InvalidOperationException>(() => AskMany(log, questions: 60, checks: 20));

        Assert.Contains("1024 predicates", fault.Message, StringComparison.Ordinal);
    }

    /// <summary>There is one log a symbol: what it may hold at most would be 35 KB of each.</summary>
    [Fact]
    public void New_TakesLittleRoom_AndOnceWarmNoMore()
    {
        AskMany(new DecisionLog(exhaustive: true, new()), 1, 1);
        FiredSetups fired = new();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var log = new DecisionLog(exhaustive: true, fired);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000);

        var names = Enumerable.Range(0, 10).Select(i => $"check {i}").ToArray();
        for (var round = 0; round < 2; round++) Ask(log, names);
        before = GC.GetAllocatedBytesForCurrentThread();
        Ask(log, names);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Ask(DecisionLog log, string[] names)
        {
            log.Clear();
            for (var question = 0; question < 22; question++)
            {
                log.Begin(Kinds[question]);
                foreach (var name in names) log.AtLeast(name, 1, 2);
            }

            log.End();
        }
    }

    private static void AskMany(DecisionLog log, int questions, int checks)
    {
        log.Clear();
        for (var question = 0; question < questions; question++)
        {
            log.Begin(Kinds[question]);
            for (var i = 0; i < checks; i++) log.AtLeast($"{Kinds[question].Strategy} {i}", i, 5);
        }

        log.End();
    }
}
