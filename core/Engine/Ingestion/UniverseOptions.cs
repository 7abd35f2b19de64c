using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.Ingestion;

/// <summary>Which symbols are followed (spec 1.2).</summary>
public sealed record UniverseOptions
{
    /// <summary>Asset in which contracts are quoted.</summary>
    public string QuoteAsset { get; init; } = "USDT";

    /// <summary>Quote units traded in the last 24 hours that a symbol needs.</summary>
    [Range(0.0, 1e12)] public double QuoteVolumeMin { get; init; } = 10_000_000;

    /// <summary>Base assets that hold their price, left out; separated by commas.</summary>
    public string StableAssets { get; init; } = "USDC,BUSD,TUSD,USDP,FDUSD,DAI,EUR";

    /// <summary>Symbols that are followed whatever their volume, separated by commas.</summary>
    public string Added { get; init; } = "";

    /// <summary>Symbols that are not followed, separated by commas.</summary>
    public string Removed { get; init; } = "";

    /// <summary>Symbols at most; those with the greatest volume stay.</summary>
    [Range(1, 1000)] public int SymbolsMax { get; init; } = 400;

    /// <summary>Minutes of market time after which the list is read anew.</summary>
    [Range(1, 1440)] public int RefreshMinutes { get; init; } = 60;
}
