using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Dashboard;

/// <summary>The last decisions of one symbol, question by question: why it gave no signal.</summary>
internal sealed class WhyBook
{
    /// <summary>Bars that are looked back at: two hours of 15m candles.</summary>
    private const int BarsKept = 8;

    private readonly Dictionary<SetupKind, Queue<Asked>> _asked = [];

    public void Add(long closeMs, DecisionLog log, IReadOnlyDictionary<string, TimeFrame> frames)
    {
        foreach (ref readonly var head in log.Decisions)
        {
            if (!_asked.TryGetValue(head.Kind, out var last)) _asked[head.Kind] = last = new(BarsKept);
            if (last.Count == BarsKept) last.Dequeue();
            last.Enqueue(new(closeMs, frames[head.Kind.Strategy], head.Status, head.Failed, log.Of(head).ToArray()));
        }
    }

    public IReadOnlyList<WhyRowView> Rows() => [.. _asked.Select(pair => Row(pair.Key, pair.Value))];

    private static WhyRowView Row(SetupKind kind, Queue<Asked> asked)
    {
        var all = asked.ToArray();
        var nearest = all.OrderByDescending(a => Nearness(a)).ThenByDescending(a => a.CloseMs).First();
        return new(
            KernelViews.NameOf(kind), kind.Side, nearest.Frame, nearest.CloseMs,
            (int)((all[^1].CloseMs - nearest.CloseMs) / nearest.Frame.Ms()), all.Length,
            nearest.Status == DecisionStatus.Fired, NoteOf(nearest),
            [.. nearest.Predicates.Select(p => KernelViews.Of(p))]);
    }

    /// <summary>Fired, then few failures, then how far the questions came.</summary>
    private static (int Status, int Failed, int Asked) Nearness(Asked a) => (
        a.Status switch
        {
            DecisionStatus.Fired => 4,
            DecisionStatus.NearMiss => 3,
            DecisionStatus.NotMet => 2,
            DecisionStatus.NotReached => 1,
            _ => 0,
        },
        -a.Failed,
        a.Predicates.Length);

    private static string? NoteOf(Asked asked) => asked.Status switch
    {
        DecisionStatus.Unavailable => "needs an input that is unavailable: "
            + string.Join(", ", asked.Predicates.Where(p => p.Outcome == PredicateOutcome.Unavailable).Select(p => p.Name)),
        DecisionStatus.NotReached => "the setup's structure is not there, the rest was not asked",
        _ => null,
    };

    private sealed record Asked(long CloseMs, TimeFrame Frame, DecisionStatus Status, int Failed, Predicate[] Predicates);
}
