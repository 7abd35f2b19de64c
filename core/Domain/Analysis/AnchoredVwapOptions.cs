using System.ComponentModel.DataAnnotations;

using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>When an anchored VWAP takes an anchor and when it changes it (spec 2.3).</summary>
public sealed record AnchoredVwapOptions
{
    /// <summary>Anchors from 1h swings.</summary>
    public static AnchoredVwapOptions Hour { get; } = new();

    /// <summary>Anchors from 4h swings.</summary>
    public static AnchoredVwapOptions FourHours { get; } = new()
    {
        Frame = TimeFrame.H4,
        Wing = 2,
        ImpulseBars = 10,
        LockBars = 4,
        TtlBars = 30,
    };

    /// <summary>Frame whose swings are anchors. All bars below are of this frame.</summary>
    public TimeFrame Frame { get; init; } = TimeFrame.H1;

    /// <summary>Bars on each side that make a swing.</summary>
    [Range(1, 10)]
    public int Wing { get; init; } = 3;

    /// <summary>Way from the swing that makes it an anchor, in ATR14 of the frame.</summary>
    [Range(0.1, 10.0)]
    public double ImpulseAtr { get; init; } = 1.5;

    /// <summary>Bars after the swing within which that way has to be made.</summary>
    [Range(1, 100)]
    public int ImpulseBars { get; init; } = 12;

    /// <summary>Bars after taking an anchor during which it cannot change.</summary>
    [Range(0, 100)]
    public int LockBars { get; init; } = 8;

    /// <summary>Bars after the anchor's bar until it is forgotten.</summary>
    [Range(1, 1000)]
    public int TtlBars { get; init; } = 60;

    /// <summary>Hours since the anchor's bar that count as one reason to change it.</summary>
    [Range(1, 1000)]
    public int OldHours { get; init; } = 30;

    /// <summary>Distance of the close from the anchor's price that counts as one, in ATRs.</summary>
    [Range(0.1, 20.0)]
    public double FarAtr { get; init; } = 2;
}
