using System.ComponentModel.DataAnnotations;

using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>Settings of the rolling volume profile (spec 2.6).</summary>
public sealed record ProfileOptions
{
    public static ProfileOptions Default { get; } = new();

    /// <summary>Bot A's preset: the value area grows one bin at a time.</summary>
    public static ProfileOptions Seed { get; } = new() { Rule = ValueAreaRule.Single };

    /// <summary>Frame of the candles that are folded in.</summary>
    public TimeFrame Input { get; init; } = TimeFrame.M15;

    /// <summary>A reading is taken whenever a candle of this frame closes.</summary>
    public TimeFrame Reading { get; init; } = TimeFrame.M15;

    /// <summary>Which candles the profile holds.</summary>
    public ProfileWindow Window { get; init; } = ProfileWindow.Rolling;

    /// <summary>Length of the rolling window, in hours.</summary>
    [Range(1, 168)]
    public int WindowHours { get; init; } = 24;

    /// <summary>Width of a bin as a part of the price at 00:00 UTC (0.001 = 0.1 %).</summary>
    [Range(0.0001, 0.01)]
    public double BinShare { get; init; } = 0.001;

    /// <summary>How the value area grows.</summary>
    public ValueAreaRule Rule { get; init; } = ValueAreaRule.Pair;
}
