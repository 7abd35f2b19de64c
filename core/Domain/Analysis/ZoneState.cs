using System.Runtime.InteropServices;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>A zone with all that its later life depends on.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]   // no padding: its bytes go into snapshots
internal struct ZoneState
{
    public double Low;
    public double High;
    public double Centre;

    /// <summary>Width of a zone that is not merged.</summary>
    public double BaseWidth;

    /// <summary>ATR of the source frame when the newest of its swings was confirmed.</summary>
    public double Atr;

    /// <summary>Strength of the touches that are over, as of the book's day.</summary>
    public double Settled;

    /// <summary>Largest way from the zone within the running touch, in price units.</summary>
    public double OpenWay;

    /// <summary>ATR at the running touch; 0 when no touch runs.</summary>
    public double OpenAtr;

    /// <summary>Close of the bar that confirmed the first swing.</summary>
    public long BornMs;

    /// <summary>Open time of the newest swing's bar.</summary>
    public long SwingMs;

    /// <summary>Bar of the last touch, counted in the source frame.</summary>
    public long TouchIndex;

    public int Touches;

    /// <summary>Closes in a row beyond the far edge.</summary>
    public int Beyond;

    /// <summary>Of a broken zone: closes in a row above (positive) or below (negative) it.</summary>
    public int Hold;

    public int IsBroken;   // 0 or 1
    public int Flips;     // changes of role
    public ZoneRole Role;
    public TimeFrame Source;

    /// <summary>Strength with the running touch as far as it has come.</summary>
    public readonly double Strength(double impulseMax) => Settled + Running(impulseMax);

    public readonly Zone Read(double impulseMax) =>
        new(Low, High, Centre, Strength(impulseMax), Touches, Role, Source, BornMs, Flips);

    /// <summary>Counts the running touch for good.</summary>
    public void Settle(double impulseMax)
    {
        Settled += Running(impulseMax);
        OpenWay = 0;
        OpenAtr = 0;
    }

    private readonly double Running(double impulseMax) =>
        OpenAtr > 0 ? Math.Min(OpenWay / OpenAtr, impulseMax) : 0;
}
