using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Engine.Running;

/// <summary>Takes what the pipeline decides into ledger, books and boards, and collects what is to be committed.</summary>
internal sealed class RunSink(RunIdentity identity, TimeZoneInfo readers) : IPipelineSink
{
    private readonly Dictionary<SignalId, DecisionRecord> _approved = [];
    private readonly List<StoredEffect> _effects = [];
    private readonly List<StoredDecision> _decisions = [];

    public SignalBook Signals { get; } = new();

    public RefusalBoard Refusals { get; } = new();

    public DayCounts Days { get; } = new(readers);

    public NearMissBoard NearMisses { get; } = new();

    public WhyBoard Why { get; } = new();

    public Journal Journal { get; } = new();

    /// <summary>False where another kernel does the same: then this one leaves neither spans nor counts.</summary>
    public bool IsObserved { get; init; } = true;

    /// <summary>What happens now is told to spans and counts; days that are lived through at start are not.</summary>
    public bool IsHeard => IsObserved && !IsReplayed;

    /// <summary>Set before the first decision.</summary>
    public RunLedger? Ledger { get; set; }

    /// <summary>Null while nobody is to be told, as while days are lived through at start.</summary>
    public IRunListener? Listener { get; set; }

    /// <summary>What is decided up to this closing time is told as replayed: it is too late to act on it.</summary>
    public long ReplayedUntilMs { get; set; } = identity.LiveFromMs;

    /// <summary>The closing time that is taken in.</summary>
    public long ClosingMs { get; set; }

    public IReadOnlyList<StoredEffect> Effects => _effects;

    public IReadOnlyList<StoredDecision> Decisions => _decisions;

    /// <summary>Something that should become durable soon: a signal moved.</summary>
    public bool HasMoved { get; private set; }

    public void Add(StoredEffect effect) => _effects.Add(effect);

    public void Saved()
    {
        _effects.Clear();
        _decisions.Clear();
        HasMoved = false;
    }

    public void Asked(SymbolDesk desk, long closeMs, DecisionLog log)
    {
        Ledger?.Recorder?.Asked(desk, closeMs, log);
        Why.Asked(desk, closeMs, log);
    }

    public string Decided(DecisionRecord decision)
    {
        NearMisses.Add(decision);
        if (decision.Status == DecisionStatus.NearMiss) Days.AddNearMiss(decision.AtMs);
        switch (decision.Verdict)
        {
            case Verdict.Approved approved:
                _approved[approved.Plan.Id] = decision;
                break;
            case Verdict.Refused refused:
                Refuse(
                    new(
                        decision.AtMs, decision.Symbol.Name, refused.Ranked.Setup.Frame.Minutes(), decision.Kind.Strategy,
                        decision.Kind.Side == Side.Long, refused.Why.ToString(), refused.Value, refused.Limit),
                    decision.Symbol);
                break;
        }

        return Ledger?.Recorder?.Decided(decision) ?? "";
    }

    public void Moved(SignalEvent what, SignalState now)
    {
        Ledger?.Recorder?.Moved(what);
        HasMoved = true;
        var plan = now.Plan;
        var begun = _approved.Remove(plan.Id, out var decision) ? decision : null;
        var record = Signals.Moved(what, now, state => Begin(state, begun));
        _effects.AddRange(Running.Effects.Of(what, record, begun?.Verdict?.Ranked.Setup, IsReplayed));
        if (IsHeard) Observe(what, record);
        if (what is SignalEvent.Refused refused)
        {
            Refuse(
                new(
                    refused.AtMs, plan.Symbol.Name, plan.Frame.Minutes(), plan.Strategy, plan.Side == Side.Long,
                    refused.Why.ToString(), double.NaN, double.NaN),
                plan.Symbol);
        }

        Listener?.Changed(record);
        if (SignalText.Of(what, now) is { } text)
            Note(JournalEntry.Of(what.AtMs, SignalText.KindOf(what), plan.Symbol, text, plan.Id.Value));
    }

    public void Note(JournalEntry entry)
    {
        Journal.Add(entry);
        Listener?.Happened(entry);
    }

    private static SignalRecord Begin(SignalState state, DecisionRecord? decision) => new()
    {
        State = state,
        ScoreParts = decision?.Verdict?.Ranked.Score.Parts ?? [],
        ScoresItself = decision?.Verdict?.Ranked.Setup.ScoresItself ?? false,
        Regime = decision?.Regime.Label.ToString() ?? "",
        RegimeDirection = decision?.Regime.Direction,
        RegimeConfidence = decision?.Regime.Confidence ?? double.NaN,
        Predicates = decision?.Predicates ?? [],
    };

    /// <summary>A day or a week is over.</summary>
    public void SumUp(SummaryDue due)
    {
        _effects.Add(Running.Effects.Of(due, Ledger is { Position.Seq: > 0 } ledger ? ledger.Standing : null));
        HasMoved = true;
    }

    // By when it became known, not by when it happened: a fill lies before the close that tells it.
    public bool IsReplayed => ClosingMs <= ReplayedUntilMs;

    private static void Observe(SignalEvent what, SignalRecord record)
    {
        Counts.Moved(what, record);
        using var span = BotTelemetry.Source.StartActivity(Spans.Move);
        if (span is not { IsAllDataRequested: true }) return;
        var plan = record.State.Plan;
        span.SetTag(Attributes.SignalId, plan.Id.Value).SetTag(Attributes.Symbol, plan.Symbol.Name).SetTag(Attributes.Strategy, plan.Strategy)
            .SetTag(Attributes.Side, Counts.SideOf(plan)).SetTag(Attributes.Frame, plan.Frame.Code()).SetTag(Attributes.Regime, record.Regime)
            .SetTag(Attributes.Execution, plan.Execution).SetTag(Attributes.Score, plan.Score).SetTag(Attributes.Step, what.GetType().Name);
        if (what is SignalEvent.Closed closed)
            span.SetTag(Attributes.Reason, closed.Reason.ToString()).SetTag(Attributes.NetR, (double)closed.Result.NetR);
        if (what is SignalEvent.Refused refused) span.SetTag(Attributes.Reason, refused.Why.ToString());
    }

    private void Refuse(RefusalNote note, Symbol symbol)
    {
        Refusals.Add(note);
        Days.AddRefusal(note.TimeMs, note.Reason);
        if (IsHeard) Counts.Refused(note);
        var id = $"{note.TimeMs}-{note.Symbol}-{note.Strategy}-{(note.IsLong ? "L" : "S")}-{note.Reason}";
        _decisions.Add(new(
            id, note.TimeMs, symbol, note.Strategy, note.Reason,
            System.Text.Json.JsonSerializer.Serialize(note, SignalJson.Options)));
        Listener?.Refused(note);
    }
}
