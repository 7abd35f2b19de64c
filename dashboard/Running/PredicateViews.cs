using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Running;

namespace FuturesBot.Dashboard.Running;

/// <summary>What strategies checked, as the page shows it.</summary>
internal static class PredicateViews
{
    public static PredicateView Of(Predicate predicate)
    {
        var isQuestion = predicate.Comparison == Comparison.Is;
        var state = predicate.Outcome switch
        {
            PredicateOutcome.Passed => PredicateState.Passed,
            PredicateOutcome.Failed => PredicateState.Failed,
            _ => PredicateState.Unavailable,
        };
        return new(
            predicate.Name,
            isQuestion ? double.NaN : predicate.Value,
            isQuestion ? double.NaN : predicate.Threshold,
            Sign(predicate.Comparison),
            "",
            state,
            state == PredicateState.Unavailable ? "not there"
                : isQuestion ? (predicate.Outcome == PredicateOutcome.Passed ? "yes" : "no")
                : null);
    }

    /// <summary>Of the last questions of a strategy and side the one that came nearest to firing.</summary>
    /// <param name="asked">Newest first, at least one.</param>
    /// <param name="frame">The strategy's frame.</param>
    /// <param name="nowMs">Market time.</param>
    public static WhyRowView Nearest(IReadOnlyCollection<AskedSetup> asked, TimeFrame frame, long nowMs)
    {
        var best = RunReading.Nearest(asked);
        var ago = (int)((frame.OpenOf(nowMs) - best.CloseMs) / frame.Ms());
        var mode = best.Kind.Mode.Length > 0 ? best.Kind.Mode : null;
        var note = best.Status switch
        {
            DecisionStatus.Unavailable => "an input is missing: "
                + string.Join(", ", best.Predicates
                    .Where(p => p.Outcome == PredicateOutcome.Unavailable && p.Role == PredicateRole.Mandatory)
                    .Select(p => p.Name).Distinct()),
            DecisionStatus.NearMiss => "all but one",
            _ => null,
        };
        return new(
            best.Kind.Strategy, best.Kind.Side, frame, best.CloseMs, Math.Max(0, ago),
            asked.Select(one => one.CloseMs).Distinct().Count(),
            best.Status == DecisionStatus.Fired,
            mode is null ? note : note is null ? mode : $"{mode}: {note}",
            [.. best.Predicates.Select(Of)]);
    }

    private static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.AtLeast => "≥",
        Comparison.Above => ">",
        Comparison.AtMost => "≤",
        Comparison.Below => "<",
        _ => "",
    };
}
