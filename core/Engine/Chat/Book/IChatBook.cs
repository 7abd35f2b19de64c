using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat.Book;

/// <summary>
/// What the commands of the chat read of a running system, and the one order that they give it. Every read is short; what
/// is not known is null or NaN, never 0.
/// </summary>
public interface IChatBook
{
    /// <summary>BTC first, then by ordinal.</summary>
    IReadOnlyList<SymbolListing> Listings { get; }

    /// <summary>Thresholds and starting balance.</summary>
    KernelOptions Options { get; }

    /// <summary>Market time, UTC, Unix milliseconds.</summary>
    long NowMs { get; }

    ChatStatus Status();

    /// <summary>Every strategy of the catalog, in its order.</summary>
    IReadOnlyList<StrategyNote> Strategies();

    /// <summary>Trades that closed at or after a moment of market time, the last closed first; shadowed ones included.</summary>
    IReadOnlyList<TradeRecord> TradesSince(long fromMs);

    /// <summary>The first moment that decisions, and so results, are known from.</summary>
    long KnownFromMs { get; }

    /// <summary>Signals that live, the newest first.</summary>
    IReadOnlyList<SignalTrack> Live();

    /// <summary>Null for a symbol that is not watched.</summary>
    WhyNote? Why(Symbol symbol);

    /// <summary>Null for a symbol that is not watched.</summary>
    SizeBasis? SizeOf(Symbol symbol);

    /// <summary>The data that strategies decide on, a note for each watched symbol.</summary>
    IReadOnlyList<DataNote> Data();

    LatencyNote Latency();

    DayNote Day();

    /// <summary>Halts new entries, or allows them again; when it returns, a restart keeps to it.</summary>
    Task SetHaltAsync(bool halted, CancellationToken cancel);
}
