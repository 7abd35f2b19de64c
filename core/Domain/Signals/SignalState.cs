using System.Text.Json.Serialization;
using FuturesBot.Domain.Risk;

namespace FuturesBot.Domain.Signals;

/// <summary>
/// The life of a signal (spec 2.11): a closed set of states, each with exactly its data, over a common
/// book-keeping that makes doubled, late and reordered messages harmless.
/// </summary>
[JsonDerivedType(typeof(Created), "created")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(PendingEntry), "pending")]
[JsonDerivedType(typeof(Expired), "expired")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(Rejected), "rejected")]
[JsonDerivedType(typeof(PartiallyFilled), "partial")]
[JsonDerivedType(typeof(Open), "open")]
[JsonDerivedType(typeof(Target1Done), "tp1")]
[JsonDerivedType(typeof(Target2Done), "tp2")]
[JsonDerivedType(typeof(Closed), "closed")]
public abstract record SignalState
{
    /// <summary>Most inputs, and most events, that wait for their predecessor; see <see cref="SignalLifecycle"/>.</summary>
    public const int WaitingMax = 256;

    private SignalState() { }   // closed: nobody adds a state elsewhere

    public required TradePlan Plan { get; init; }

    /// <summary>Sequence of the last journal event taken in.</summary>
    public int Version { get; init; }

    /// <summary>Market time up to which the price path is known, UTC Unix milliseconds.</summary>
    public long KnownUntilMs { get; init; }

    /// <summary>Last known price; NaN before the first.</summary>
    public double LastPrice { get; init; } = double.NaN;

    public Protection Protection { get; init; }

    /// <summary>Market time of the last report on the protection; an older one changes nothing.</summary>
    public long ProtectionAtMs { get; init; } = long.MinValue;

    public ExchangeView Exchange { get; init; }

    /// <summary>Market time of the last report on the exchange's view; an older one changes nothing.</summary>
    public long ExchangeAtMs { get; init; } = long.MinValue;

    /// <summary>Inputs that came before their predecessor, in market time.</summary>
    public ValueList<SignalInput> Held { get; init; } = [];

    /// <summary>Events that came before their predecessor, in order.</summary>
    public ValueList<SignalEvent> Waiting { get; init; } = [];

    /// <summary>True when nothing can follow.</summary>
    [JsonIgnore]
    public bool IsFinal => this is Refused or Expired or Cancelled or Rejected or Closed;

    /// <summary>The position while there is one; null otherwise.</summary>
    [JsonIgnore]
    public Position? Live => this switch
    {
        PartiallyFilled s => s.Position,
        Open s => s.Position,
        Target1Done s => s.Position,
        Target2Done s => s.Position,
        _ => null,
    };

    /// <summary>Decided by a strategy; the gates have not spoken yet.</summary>
    public sealed record Created : SignalState;

    /// <summary>A gate refused it, or the price had left before a market entry could fill.</summary>
    public sealed record Refused(Refusal Why, long AtMs) : SignalState;

    /// <summary>The entry is wanted and not filled.</summary>
    /// <param name="CancelWanted">The exchange was asked to withdraw it, and why; null = it may still fill.</param>
    public sealed record PendingEntry(long ExpiresAtMs, CancelReason? CancelWanted = null) : SignalState;

    /// <summary>The limit entry was not reached in time.</summary>
    public sealed record Expired(long AtMs) : SignalState;

    /// <summary>The entry was withdrawn.</summary>
    public sealed record Cancelled(CancelReason Why, long AtMs) : SignalState;

    /// <summary>The exchange refused the entry order.</summary>
    public sealed record Rejected(string Code, long AtMs) : SignalState;

    /// <summary>A part of the entry is filled and protected; the rest may still fill.</summary>
    public sealed record PartiallyFilled(Position Position, long ExpiresAtMs) : SignalState;

    /// <summary>In the market, no target reached.</summary>
    public sealed record Open(Position Position) : SignalState;

    /// <summary>The first target is filled.</summary>
    public sealed record Target1Done(Position Position) : SignalState;

    /// <summary>The second target is filled; the runner trails.</summary>
    public sealed record Target2Done(Position Position) : SignalState;

    /// <summary>Over.</summary>
    public sealed record Closed(CloseReason Reason, TradeResult Result) : SignalState;
}
