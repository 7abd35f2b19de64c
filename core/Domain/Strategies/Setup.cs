using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>A trigger: every predicate of a setup passed at the close of a bar.</summary>
public sealed record Setup
{
    public required SetupKind Kind { get; init; }

    public required SetupKey Key { get; init; }

    public required TimeFrame Frame { get; init; }

    public required EntryCategory Category { get; init; }

    /// <summary>Close of the deciding bar: the price the setup speaks of.</summary>
    public required double SignalPrice { get; init; }

    /// <summary>Where the setup is proven wrong (spec 2.8 "SL anchor", buffer included); NaN: none.</summary>
    public required double StopAnchor { get; init; }

    /// <summary>ATR14 of <see cref="Frame"/> at the deciding bar.</summary>
    public required double Atr { get; init; }

    /// <summary>Score base of spec 1.5; NaN for a strategy that scores itself.</summary>
    public required double Base { get; init; }

    /// <summary>The strategy's own volume test on its own bar, as a ratio; NaN: it has none.</summary>
    public double VolumeRatio { get; init; } = double.NaN;

    /// <summary>Threshold of that test; NaN: it has none.</summary>
    public double VolumeThreshold { get; init; } = double.NaN;

    /// <summary>Extra points that the strategy itself grants, such as a confluent VWAP.</summary>
    public IReadOnlyList<ScorePart> OwnParts { get; init; } = [];

    /// <summary>True when the strategy judges itself by <see cref="OwnParts"/> (Action Price).</summary>
    public bool ScoresItself { get; init; }

    /// <summary>How the strategy wants the trade managed, such as STANDARD or SCALP; empty: the usual way.</summary>
    public string Variant { get; init; } = "";

    /// <summary>Everything an analyst may want later, for the strategy's own log; null: nothing.</summary>
    public IReadOnlyDictionary<string, object?>? Anatomy { get; init; }
}
