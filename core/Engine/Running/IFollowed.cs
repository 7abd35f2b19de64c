using FuturesBot.Domain;
using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Running;

/// <summary>
/// What whoever keeps the market together has to know of a kernel: which symbols it has, of which something lives, and how far it is.
/// Safe for several threads.
/// </summary>
public interface IFollowed
{
    /// <summary>Its symbols with their rules, in its order.</summary>
    IReadOnlyList<SymbolListing> Listings { get; }

    /// <summary>Those of which a signal lives.</summary>
    IReadOnlySet<Symbol> Busy { get; }

    /// <summary>Those that take no new signal, because they are to leave.</summary>
    IReadOnlySet<Symbol> Draining { get; }

    /// <summary>The last closing time that was taken in, UTC, Unix milliseconds.</summary>
    long NowMs { get; }

    /// <summary>A signal of this symbol lives.</summary>
    bool IsBusy(Symbol symbol);
}
