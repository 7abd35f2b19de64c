namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Why a message was refused.</summary>
public enum StreamFault
{
    /// <summary>Not JSON: cut off, or rubbish.</summary>
    Malformed,

    /// <summary>JSON, but neither an event nor an answer to a request.</summary>
    NotAnEvent,

    /// <summary>A field without which the event means nothing is absent.</summary>
    Missing,

    /// <summary>A known field occurs twice: which one holds, nobody can say.</summary>
    Duplicate,

    /// <summary>A field holds another type, or a text that is no number, such as <c>NaN</c>.</summary>
    WrongType,

    /// <summary>A price, quantity, time or id is below zero.</summary>
    Negative,

    /// <summary>A number does not fit its form (<see cref="Domain.Market.FixedPoint"/>: 92 billion).</summary>
    TooLarge,

    /// <summary>A number is finer than 10⁻⁸, or an integer has a fraction.</summary>
    TooFine,

    /// <summary>More than <see cref="DepthUpdate.LevelsMax"/> levels on one side.</summary>
    TooManyLevels,

    /// <summary>The symbol is not in the <see cref="SymbolTable"/>.</summary>
    UnknownSymbol,

    /// <summary>The numbers contradict each other: a high below the low, a first id above the last.</summary>
    Impossible,
}
