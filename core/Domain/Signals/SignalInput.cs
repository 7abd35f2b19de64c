using System.Text.Json.Serialization;
using FuturesBot.Domain.Risk;

namespace FuturesBot.Domain.Signals;

/// <summary>Facts and commands that reach a signal from its host. A closed set.</summary>
/// <param name="AtMs">Market time, UTC Unix milliseconds: the start of an interval, the moment of all else.</param>
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(RefusedBy), "refused")]
[JsonDerivedType(typeof(BarClosed), "bar")]
[JsonDerivedType(typeof(GapPassed), "gap")]
[JsonDerivedType(typeof(Command), "command")]
[JsonDerivedType(typeof(EntryOrderFilled), "entry-filled")]
[JsonDerivedType(typeof(EntryOrderRejected), "entry-rejected")]
[JsonDerivedType(typeof(EntryOrderCancelled), "entry-cancelled")]
[JsonDerivedType(typeof(ExitOrderFilled), "exit-filled")]
[JsonDerivedType(typeof(ProtectionReported), "protection")]
[JsonDerivedType(typeof(ExchangeReported), "exchange")]
public abstract record SignalInput(long AtMs)
{
    /// <summary>The gates let the plan pass: the entry is wanted.</summary>
    public sealed record Accepted(long AtMs) : SignalInput(AtMs);

    /// <summary>A gate refused the plan.</summary>
    public sealed record RefusedBy(Refusal Why, long AtMs) : SignalInput(AtMs);

    /// <summary>
    /// The price path over [<paramref name="FromMs"/>, <paramref name="ToMs"/>): a closed candle of any
    /// length up to the strategy's frame, or a part of one. Intervals of one signal tile market time; of one
    /// that overlaps what is known, only the part beyond counts, with the same extremes.
    /// </summary>
    /// <param name="Atr">ATR of the strategy's frame when the interval ends one of its bars, else NaN.</param>
    /// <param name="FundingRate">Rate of the settlement inside the interval; NaN = unknown.</param>
    public sealed record BarClosed(
        long FromMs,
        long ToMs,
        double Open,
        double High,
        double Low,
        double Close,
        double Atr = double.NaN,
        double FundingRate = double.NaN) : SignalInput(FromMs);

    /// <summary>An interval without data, the whole of it: its length decides on pending entries.</summary>
    public sealed record GapPassed(long FromMs, long ToMs) : SignalInput(FromMs);

    /// <summary>
    /// An order from outside. It acts once the price path is known up to its moment; one that comes later
    /// acts on the position as it is then, because an order to close must not be lost.
    /// </summary>
    /// <param name="Price">Market price at that moment; null = the last known one.</param>
    public sealed record Command(CommandKind Kind, long AtMs, decimal? Price = null) : SignalInput(AtMs);

    /// <summary>The exchange filled the entry order, so far.</summary>
    /// <param name="CumulativeQuantity">Base units since the order was sent: an older report changes nothing.</param>
    /// <param name="MeanPrice">Mean price of that quantity.</param>
    /// <param name="Whole">The order is filled to its end.</param>
    public sealed record EntryOrderFilled(
        long AtMs, decimal CumulativeQuantity, decimal MeanPrice, bool Whole) : SignalInput(AtMs);

    /// <summary>The exchange refused the entry order.</summary>
    public sealed record EntryOrderRejected(long AtMs, string Code) : SignalInput(AtMs);

    /// <summary>The exchange (or the host's own cancel) ended the entry order.</summary>
    /// <param name="CumulativeQuantity">Base units that had filled before.</param>
    public sealed record EntryOrderCancelled(long AtMs, decimal CumulativeQuantity) : SignalInput(AtMs);

    /// <summary>The exchange filled an exit order to its end.</summary>
    /// <param name="Quantity">Base units.</param>
    /// <param name="FeeRate">Fraction of notional.</param>
    public sealed record ExitOrderFilled(
        long AtMs, CloseReason Reason, decimal Quantity, decimal Price, decimal FeeRate) : SignalInput(AtMs);

    /// <summary>What is known of the protective stop.</summary>
    public sealed record ProtectionReported(long AtMs, Protection Protection) : SignalInput(AtMs);

    /// <summary>Whether the exchange's side is known.</summary>
    public sealed record ExchangeReported(long AtMs, ExchangeView View) : SignalInput(AtMs);
}
