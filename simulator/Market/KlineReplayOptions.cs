using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>What of a folder of kline files is replayed.</summary>
public sealed record KlineReplayOptions
{
    /// <summary>Null for all symbols.</summary>
    public IReadOnlySet<Symbol>? Symbols { get; init; }

    /// <summary>First minute, Unix milliseconds; null for the first one in the files.</summary>
    public long? FromMs { get; init; }

    /// <summary>End, Unix milliseconds; null for the end of the files.</summary>
    public long? ToMs { get; init; }

    /// <summary>What trades, books and funding follow from, and what the files lack.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Filters to publish instead of those that the files suggest.</summary>
    public IReadOnlyDictionary<Symbol, SymbolRules>? Rules { get; init; }
}
