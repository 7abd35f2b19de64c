using System.Globalization;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.TestKit;

/// <summary>What a strategy answered, for tests to read.</summary>
/// <param name="Log">All its decisions.</param>
/// <param name="View">The market it was asked about.</param>
public sealed record Asked(DecisionLog Log, MarketView View)
{
    public double Atr => View.M15.Now.Atr;

    public DecisionStatus Status(Side side, string mode = "") => Head(side, mode).Status;

    /// <summary>The only setup that fired with this side and mode.</summary>
    public Setup Fired(Side side, string mode = "") =>
        Log.Fired.SingleOrDefault(setup => setup.Kind.Side == side && setup.Kind.Mode == mode)
        ?? throw new InvalidOperationException($"{mode} {side} did not fire: {Words(side, mode)}");

    /// <summary>The only predicate that said no.</summary>
    public Predicate No(Side side, string mode = "")
    {
        var failed = Predicates(side, mode).Where(p => p.Outcome == PredicateOutcome.Failed && p.Role != PredicateRole.Note).ToArray();
        return failed.Length == 1
            ? failed[0]
            : throw new InvalidOperationException($"{failed.Length} predicates failed, one was expected: {Words(side, mode)}");
    }

    /// <summary>The mandatory inputs that were missing.</summary>
    public IEnumerable<string> Missing(Side side, string mode = "") =>
        Predicates(side, mode)
            .Where(p => p.Outcome == PredicateOutcome.Unavailable && p.Role == PredicateRole.Mandatory)
            .Select(p => p.Name);

    public Predicate[] Predicates(Side side, string mode = "") => Log.Of(Head(side, mode)).ToArray();

    private DecisionHead Head(Side side, string mode)
    {
        foreach (ref readonly var head in Log.Decisions)
        {
            if (head.Kind.Side == side && head.Kind.Mode == mode) return head;
        }

        throw new InvalidOperationException($"Nothing was asked about {mode} {side}");
    }

    private string Words(Side side, string mode) => $"{Status(side, mode)}: " + string.Join(
        "; ",
        Predicates(side, mode).Select(p => string.Create(
            CultureInfo.InvariantCulture, $"{p.Name} {p.Value} {p.Comparison} {p.Threshold} {p.Outcome}")));
}
