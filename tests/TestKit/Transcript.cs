using System.Globalization;
using FuturesBot.Domain;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.TestKit;

/// <summary>
/// Writes down, word for word, everything a pipeline says: each closing time with a hash over all
/// predicates of all questions, each kept decision with its verdict, and each event of each signal.
/// </summary>
public sealed class Transcript : IPipelineSink
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Triggers, refused ones included, by "strategy mode".</summary>
    public Dictionary<string, int> Triggers { get; } = new(StringComparer.Ordinal);

    /// <summary>The kept decisions with a verdict, in order.</summary>
    public List<DecisionRecord> Verdicts { get; } = [];

    public List<SignalEvent> Events { get; } = [];

    /// <summary>Leave the questions out: for comparing runs of different depth.</summary>
    public bool OnlyVerdicts { get; init; }

    public void Asked(SymbolDesk desk, long closeMs, DecisionLog log)
    {
        if (OnlyVerdicts) return;
        var hash = 14695981039346656037UL;
        foreach (ref readonly var head in log.Decisions)
        {
            Add(ref hash, head.Kind.Code);
            Add(ref hash, (ulong)head.Status);
            foreach (ref readonly var predicate in log.Of(head))
            {
                Add(ref hash, (ulong)predicate.Outcome);
                Add(ref hash, BitConverter.DoubleToUInt64Bits(predicate.Value));
                Add(ref hash, BitConverter.DoubleToUInt64Bits(predicate.Threshold));
            }
        }

        _lines.Add(string.Create(CultureInfo.InvariantCulture, $"{closeMs} {desk.Symbol} asked {log.Decisions.Length} {hash:x16}"));
    }

    public string Decided(DecisionRecord decision)
    {
        if (decision.Verdict is not null)
        {
            var name = $"{decision.Kind.Strategy} {decision.Kind.Mode}".TrimEnd();
            Triggers[name] = Triggers.GetValueOrDefault(name) + 1;
            Verdicts.Add(decision);
        }
        else if (OnlyVerdicts)
        {
            return "";
        }

        var kind = decision.Kind;
        _lines.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"{decision.AtMs} {decision.Symbol} {kind.Strategy} {kind.Mode} {kind.Side} {decision.Status} {decision.Regime} {Of(decision.Verdict)}"));
        return "";
    }

    public void Moved(SignalEvent what, SignalState now)
    {
        Events.Add(what);
        _lines.Add(SignalJson.Write(what));
    }

    private static string Of(Verdict? verdict) => verdict switch
    {
        Verdict.Approved approved => $"approved {Of(approved.Ranked)} {approved.Plan}",
        Verdict.Refused refused => string.Create(
            CultureInfo.InvariantCulture, $"refused {Of(refused.Ranked)} {refused.Why} {refused.Value} {refused.Limit}"),
        _ => "near miss",
    };

    private static string Of(Domain.Scoring.RankedSetup ranked) => string.Create(
        CultureInfo.InvariantCulture,
        $"{ranked.Score.Total} [{string.Join(' ', ranked.Score.Parts)}] {ranked.StopAnchor} {ranked.Agreeing}");

    private static void Add(ref ulong hash, ulong value) => hash = unchecked((hash ^ value) * 1099511628211UL);
}
