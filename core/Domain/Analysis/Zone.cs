using System.Runtime.InteropServices;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>A support or resistance zone (spec 2.5). Prices in quote units.</summary>
/// <param name="Low">Lower edge.</param>
/// <param name="High">Upper edge.</param>
/// <param name="Centre">Swing price, or the strength-weighted centre of what was merged.</param>
/// <param name="Strength">Σ 2^(−age in days/30)·min(impulse/ATR, 2) over its touches, from 0 up.</param>
/// <param name="Touches">Touches so far, the swings that made it included.</param>
/// <param name="Role">Support or resistance.</param>
/// <param name="Source">The highest frame that made a swing here.</param>
/// <param name="BornMs">Since when it was known: the close of the bar that confirmed its first swing.</param>
/// <param name="Flips">How often support became resistance here, or the reverse.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]   // no padding: its bytes may go into snapshots
public readonly record struct Zone(
    double Low,
    double High,
    double Centre,
    double Strength,
    int Touches,
    ZoneRole Role,
    TimeFrame Source,
    long BornMs,
    int Flips)
{
    /// <summary>The zone has a price in common with the range.</summary>
    public bool Overlaps(double low, double high) => Low <= high && High >= low;

    /// <summary>The edge that price meets last: the low of a support, the high of a resistance.</summary>
    public double FarEdge => Role == ZoneRole.Support ? Low : High;

    /// <summary>The edge that price meets first.</summary>
    public double NearEdge => Role == ZoneRole.Support ? High : Low;
}
