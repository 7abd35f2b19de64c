using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.Engine.Running;

/// <summary>The last questions of every strategy on every symbol: why there was no signal.</summary>
public sealed class WhyBoard
{
    /// <summary>Closing times kept for each strategy, mode and side.</summary>
    public const int Keep = 8;

    private readonly Dictionary<(Symbol Symbol, SetupKind Kind), Queue<AskedSetup>> _asked = [];

    public void Asked(SymbolDesk desk, long closeMs, DecisionLog log)
    {
        foreach (ref readonly var head in log.Decisions)
        {
            var key = (desk.Symbol, head.Kind);
            if (!_asked.TryGetValue(key, out var queue)) _asked.Add(key, queue = new(Keep + 1));
            queue.Enqueue(new(head.Kind, closeMs, head.Status, head.Failed, Kept(log.Of(head), queue)));
            if (queue.Count > Keep) queue.Dequeue();
        }
    }

    /// <summary>Per strategy and side the questions of the last bars, all modes together, newest first.</summary>
    public IEnumerable<IGrouping<(string Strategy, Side Side), AskedSetup>> Of(Symbol symbol) =>
        _asked.Where(entry => entry.Key.Symbol == symbol)
            .SelectMany(entry => entry.Value)
            .OrderByDescending(asked => asked.CloseMs)
            .GroupBy(asked => (asked.Kind.Strategy, asked.Kind.Side));

    /// <summary>Most questions end at the same first check bar after bar: what was checked is then the same once more, and kept once.</summary>
    private static IReadOnlyList<Predicate> Kept(ReadOnlySpan<Predicate> predicates, Queue<AskedSetup> before)
    {
        foreach (var asked in before)
        {
            if (asked.Predicates is Predicate[] known && predicates.SequenceEqual(known)) return known;
        }

        return predicates.ToArray();
    }
}
