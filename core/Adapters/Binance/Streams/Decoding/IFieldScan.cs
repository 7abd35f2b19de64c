using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// An event's fields one after the other. Each kind of event is written down once, over this; <see cref="FastScan"/>
/// reads the form that the exchange sends today, <see cref="SlowScan"/> everything else that says the same.
/// Whatever a <c>Try</c> refuses ends the reading of the event.
/// </summary>
internal interface IFieldScan
{
    /// <summary>True for the scan that gives up instead of finding out what is wrong.</summary>
    bool IsFast { get; }

    /// <summary>The event says that it belongs to another market than ours.</summary>
    bool IsOfOtherMarket { get; }

    /// <summary>Moves to the next field's value; false at the object's end, and when the event is refused.</summary>
    bool TryNext(out Field field);

    /// <summary>The object has ended, and held all of these.</summary>
    bool TryEnd(ulong required);

    /// <summary>The value is an object: its fields come next.</summary>
    bool TryEnter();

    /// <summary>The inner object has ended, and held all of these: the outer one's fields go on.</summary>
    bool TryLeave(ulong required);

    /// <summary>A value that the event has no use for.</summary>
    bool TryPass(Field field);

    /// <summary>From 0 up: a time, an id, a number of things.</summary>
    bool TryInteger(out long value);

    /// <summary>As <see cref="TryInteger"/>, or −1, with which the exchange says that there is none.</summary>
    bool TryIntegerOrNone(out long value);

    /// <summary>From 0 up, in units of 10⁻⁸.</summary>
    bool TryDecimal(out long value);

    /// <summary>From 0 up, in units of 10⁻⁸; null for an empty text.</summary>
    bool TryOptionalDecimal(out long? value);

    /// <summary>Of any sign, in units of 10⁻⁸; null for an empty text.</summary>
    bool TrySignedOrEmpty(out long? value);

    /// <summary>From 0 up, of any size and fineness: the nearest double.</summary>
    bool TryDouble(out double value);

    bool TryFlag(out bool value);

    /// <summary>A symbol of the table.</summary>
    bool TrySymbol(SymbolTable symbols, out int index);

    /// <summary>A candle's length; null when it is none of our six.</summary>
    bool TryFrame(out TimeFrame? frame);

    /// <summary>One side of a book.</summary>
    bool TryLevels(LevelBuffer into);

    /// <summary>Ends the reading with a reason; always false.</summary>
    bool Refuse(StreamFault reason);
}
