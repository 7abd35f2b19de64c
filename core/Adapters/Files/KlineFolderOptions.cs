using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Files;

/// <summary>What of a folder is read, and how.</summary>
public sealed record KlineFolderOptions
{
    /// <summary>Only these symbols; all when null.</summary>
    public IReadOnlySet<Symbol>? Symbols { get; init; }

    /// <summary>Only candles that open at or after this moment (UTC, Unix milliseconds).</summary>
    public long FromMs { get; init; } = long.MinValue;

    /// <summary>Only candles that close at or before this moment (UTC, Unix milliseconds).</summary>
    public long ToMs { get; init; } = long.MaxValue;

    /// <summary>
    /// The exchange's rules, as <see cref="ExchangeInfoFile"/> reads them; other symbols' are inferred.
    /// </summary>
    public IReadOnlyDictionary<Symbol, SymbolRules>? Rules { get; init; }

    /// <summary>Called for each refused row.</summary>
    public Action<KlineRowError>? OnRefused { get; init; }

    public KlineLimits Limits { get; init; } = KlineLimits.Default;
}
