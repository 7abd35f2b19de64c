using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Engine.Ingestion;

/// <summary>The check of the stored candles (spec 1.2).</summary>
public sealed record IntegrityOptions
{
    /// <summary>Whether it runs by itself.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Part of the expected candles that a series must have.</summary>
    [Range(0.5, 1.0)] public double CompletenessMin { get; init; } = 0.99;

    /// <summary>Minutes of market time between two checks.</summary>
    [Range(5, 10_080)] public int EveryMinutes { get; init; } = 240;

    /// <summary>Whether what is found is mended where a source exists.</summary>
    public bool Repair { get; init; } = true;
}
