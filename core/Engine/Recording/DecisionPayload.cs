using System.Text.Json;
using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Ledger;

namespace FuturesBot.Engine.Recording;

/// <summary>A <c>decision</c> line: every predicate with value and threshold, and the verdict on a trigger.</summary>
public readonly struct DecisionPayload : ILedgerPayload
{
    private const int RDecimals = 6;

    private readonly Symbol _symbol;
    private readonly long _atMs;
    private readonly SetupKind _kind;
    private readonly DecisionStatus _status;
    private readonly ReadOnlyMemory<Predicate> _predicates;
    private readonly RegimeReading _regime;
    private readonly Verdict? _verdict;

    public DecisionPayload(DecisionRecord record)
        : this(record.Symbol, record.AtMs, record.Kind, record.Status, record.Predicates.ToArray(), record.Regime, record.Verdict)
    {
    }

    public DecisionPayload(
        Symbol symbol,
        long atMs,
        SetupKind kind,
        DecisionStatus status,
        ReadOnlyMemory<Predicate> predicates,
        RegimeReading regime,
        Verdict? verdict)
    {
        _symbol = symbol;
        _atMs = atMs;
        _kind = kind;
        _status = status;
        _predicates = predicates;
        _regime = regime;
        _verdict = verdict;
    }

    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteNumber("time", _atMs);
        json.WriteString("symbol", _symbol.Name);
        json.WriteString("strategy", _kind.Strategy);
        json.WriteString("mode", _kind.Mode);
        json.WriteString("side", _kind.Side == Side.Long ? "LONG" : "SHORT");
        json.WriteString("status", Code(_status));
        WriteRegime(json);
        WritePredicates(json);
        if (_verdict is not null) WriteVerdict(json, _verdict);
    }

    private static string Code(DecisionStatus status) => status switch
    {
        DecisionStatus.NotReached => "not_reached",
        DecisionStatus.NotMet => "not_met",
        DecisionStatus.NearMiss => "near_miss",
        DecisionStatus.Unavailable => "unavailable",
        _ => "fired",
    };

    private static string Code(PredicateOutcome outcome) => outcome switch
    {
        PredicateOutcome.Passed => "passed",
        PredicateOutcome.Failed => "failed",
        _ => "unavailable",
    };

    private static string Code(Comparison comparison) => comparison switch
    {
        Comparison.AtLeast => ">=",
        Comparison.Above => ">",
        Comparison.AtMost => "<=",
        Comparison.Below => "<",
        _ => "is",
    };

    private void WriteRegime(Utf8JsonWriter json)
    {
        json.WriteStartObject("regime");
        json.WriteBoolean("available", _regime != RegimeReading.None);   // None: the 4h candle due was missing
        json.WriteString("label", _regime.Label.ToString());
        json.WriteString("direction", _regime.Direction.ToString());
        json.WriteNumberOrNull("confidence", _regime.Confidence);
        json.WriteString("h4_bias", _regime.H4Bias.ToString());
        json.WriteEndObject();
    }

    private void WritePredicates(Utf8JsonWriter json)
    {
        json.WriteStartArray("predicates");
        foreach (ref readonly var predicate in _predicates.Span)
        {
            json.WriteStartObject();
            json.WriteString("name", predicate.Name);
            json.WriteNumberOrNull("value", predicate.Value);
            json.WriteString("how", Code(predicate.Comparison));
            json.WriteNumberOrNull("threshold", predicate.Threshold);
            json.WriteString("outcome", Code(predicate.Outcome));
            if (predicate.Role != PredicateRole.Mandatory) json.WriteString("role", predicate.Role.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteVerdict(Utf8JsonWriter json, Verdict verdict)
    {
        var score = verdict.Ranked.Score;
        json.WriteNumber("score", score.Total);
        json.WriteStartArray("score_parts");
        foreach (var part in score.Parts)
        {
            json.WriteStartObject();
            json.WriteString("name", part.Name);
            json.WriteNumberOrNull("points", part.Points);
            json.WriteString("because", part.Because);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        switch (verdict)
        {
            case Verdict.Approved approved:
                json.WriteString("verdict", "approved");
                json.WriteString("signal_id", approved.Plan.Id.Value);
                json.WriteString("entry_type", approved.Plan.EntryType.ToString());
                json.WriteNumber("entry", approved.Plan.Entry);
                json.WriteNumber("stop", approved.Plan.Stop);
                json.WriteNumber("tp1", approved.Plan.Target1);
                if (approved.Plan.Target2 is { } target2) json.WriteNumber("tp2", target2);
                json.WriteNumber("quantity", approved.Plan.Quantity);
                json.WriteNumber("cost_r", Math.Round(approved.CostR, RDecimals));
                json.WriteNumber("break_even_win_rate", Math.Round(approved.BreakEvenWinRate, RDecimals));
                json.WriteString("execution", approved.Plan.Execution);
                break;
            case Verdict.Refused refused:
                json.WriteString("verdict", "refused");
                json.WriteString("refusal", refused.Why.ToString());
                json.WriteNumberOrNull("value", refused.Value);
                json.WriteNumberOrNull("limit", refused.Limit);
                break;
        }
    }
}
