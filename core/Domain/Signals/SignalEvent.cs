using System.Text.Json.Serialization;
using FuturesBot.Domain.Risk;

namespace FuturesBot.Domain.Signals;

/// <summary>
/// What happened to a signal: a closed set, past tense, immutable. Journal events are numbered without a
/// hole and go to the ledger, the store and the chat; the other two kinds (<see cref="Watched"/>,
/// <see cref="Deferred"/>) only carry the state on.
/// </summary>
[JsonDerivedType(typeof(EntryPlaced), "entry-placed")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(EntryExpired), "entry-expired")]
[JsonDerivedType(typeof(EntryCancelled), "entry-cancelled")]
[JsonDerivedType(typeof(EntryRejected), "entry-rejected")]
[JsonDerivedType(typeof(EntryFilled), "entry-filled")]
[JsonDerivedType(typeof(Target1Taken), "tp1-taken")]
[JsonDerivedType(typeof(Target2Taken), "tp2-taken")]
[JsonDerivedType(typeof(StopMoved), "stop-moved")]
[JsonDerivedType(typeof(FundingPaid), "funding-paid")]
[JsonDerivedType(typeof(CancelWanted), "cancel-wanted")]
[JsonDerivedType(typeof(ExitWanted), "exit-wanted")]
[JsonDerivedType(typeof(ProtectionChanged), "protection-changed")]
[JsonDerivedType(typeof(ExchangeViewChanged), "exchange-changed")]
[JsonDerivedType(typeof(Closed), "closed")]
[JsonDerivedType(typeof(Watched), "watched")]
[JsonDerivedType(typeof(Deferred), "deferred")]
public abstract record SignalEvent
{
    private SignalEvent() { }   // closed: nobody adds an event elsewhere

    public SignalId SignalId { get; init; }

    /// <summary>1, 2, 3 … per signal; of a <see cref="Watched"/> or <see cref="Deferred"/> the last one before it.</summary>
    public int Sequence { get; init; }

    /// <summary>Market time it happened, UTC Unix milliseconds.</summary>
    public long AtMs { get; init; }

    /// <summary>Up to where the price path was known when it was decided; orders it among <see cref="Watched"/>.</summary>
    public long KnownUntilMs { get; init; }

    /// <summary>True for what belongs in a journal.</summary>
    [JsonIgnore]
    public bool IsJournal => this is not (Watched or Deferred);

    /// <summary>
    /// Deterministic name: whoever carries an effect out under it does it once, however often the event
    /// comes.
    /// </summary>
    [JsonIgnore]
    public string EventId => this switch
    {
        Watched => $"{SignalId.Value}-{Sequence}-{KnownUntilMs}-{nameof(Watched)}",
        Deferred d => $"{SignalId.Value}-{d.Input.GetType().Name}-{d.Input.AtMs}-{nameof(Deferred)}",
        _ => $"{SignalId.Value}-{Sequence}-{GetType().Name}",
    };

    /// <summary>The entry is wanted; a limit order lives until <paramref name="ExpiresAtMs"/>.</summary>
    public sealed record EntryPlaced(long ExpiresAtMs) : SignalEvent;

    /// <summary>The signal was not traded.</summary>
    public sealed record Refused(Refusal Why) : SignalEvent;

    /// <summary>The limit order ran out of time.</summary>
    public sealed record EntryExpired : SignalEvent;

    /// <summary>The entry was withdrawn.</summary>
    public sealed record EntryCancelled(CancelReason Why) : SignalEvent;

    /// <summary>The exchange refused the entry order.</summary>
    public sealed record EntryRejected(string Code) : SignalEvent;

    /// <summary>The entry filled, wholly or so far.</summary>
    /// <param name="Price">Mean fill, slippage included.</param>
    /// <param name="Slippage">Quote units, ≥ 0.</param>
    /// <param name="FeeRate">Fraction of notional.</param>
    /// <param name="Quantity">Filled so far, base units.</param>
    /// <param name="Whole">Nothing more will fill.</param>
    public sealed record EntryFilled(
        decimal Price,
        decimal Slippage,
        decimal FeeRate,
        decimal Quantity,
        decimal Stop,
        decimal Target1,
        decimal? Target2,
        bool Whole) : SignalEvent;

    /// <summary>The first target filled.</summary>
    /// <param name="Stop">The stop from the next interval on.</param>
    public sealed record Target1Taken(ExitFill Exit, decimal Stop, StopKind StopKind) : SignalEvent;

    /// <summary>The second target filled; the runner is left.</summary>
    public sealed record Target2Taken(ExitFill Exit) : SignalEvent;

    /// <summary>The stop was tightened.</summary>
    public sealed record StopMoved(decimal Stop, StopKind StopKind) : SignalEvent;

    /// <summary>Funding was settled.</summary>
    /// <param name="Amount">Per unit of the filled size, quote units; positive was paid.</param>
    /// <param name="Rate">Fraction of notional, positive when longs pay.</param>
    /// <param name="Assumed">The rate is the schedule's, not the exchange's.</param>
    public sealed record FundingPaid(decimal Amount, decimal Rate, bool Assumed) : SignalEvent;

    /// <summary>The exchange must withdraw the entry order; its answer will follow.</summary>
    public sealed record CancelWanted(CancelReason Why) : SignalEvent;

    /// <summary>The exchange must close what is left; its fills will follow.</summary>
    public sealed record ExitWanted(CloseReason Reason) : SignalEvent;

    /// <summary>The protective stop's state changed.</summary>
    public sealed record ProtectionChanged(Protection Protection) : SignalEvent;

    /// <summary>The view of the exchange changed.</summary>
    public sealed record ExchangeViewChanged(ExchangeView View) : SignalEvent;

    /// <summary>The position is closed.</summary>
    public sealed record Closed(CloseReason Reason, TradeResult Result) : SignalEvent;

    /// <summary>The price path went on without more than this.</summary>
    /// <param name="ToMs">Known until here now.</param>
    /// <param name="Best">Best price that surely came while the position was open; NaN without one.</param>
    /// <param name="Worst">Worst such price; NaN without one.</param>
    /// <param name="Last">Last price; NaN = no data.</param>
    public sealed record Watched(long ToMs, double Best, double Worst, double Last) : SignalEvent;

    /// <summary>An input came before its predecessor and waits.</summary>
    public sealed record Deferred(SignalInput Input) : SignalEvent;
}
