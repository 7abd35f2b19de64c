using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>
/// A run of closes outside the value area. The area is the one of the bar before the first such close: it
/// stays frozen, however the rolling profile moves on.
/// </summary>
/// <param name="FirstAgo">The first close outside, in bars before now.</param>
/// <param name="Frozen">The value area before it.</param>
internal readonly record struct ValueAreaExit(int FirstAgo, ProfileReading Frozen)
{
    // The profile keeps 32 readings; a longer stay outside has become the new value area.
    private const int RunBarsMax = 20;

    /// <summary>The edge that a close beyond leaves in the given direction.</summary>
    public double Edge(Side direction) => direction == Side.Long ? Frozen.Vah : Frozen.Val;

    /// <summary>The run that still goes on, begun at most <paramref name="bars"/> bars ago.</summary>
    public static bool TryOngoing(Side direction, MarketView view, int bars, out ValueAreaExit exit)
    {
        var closes = view.M15.Bars;
        for (var ago = 0; ago < bars && ago + 1 < closes.Count; ago++)
        {
            if (!TryInside(direction, view, ago + 1, out var inside)) break;
            if (!inside) continue;
            exit = new(ago, view.Profile.Ago(ago + 1));
            return Outside(direction, closes.Ago(ago).Close, exit.Frozen) && StaysOutside(direction, closes, exit);
        }

        exit = default;
        return false;
    }

    /// <summary>The latest run with a close outside at most <paramref name="bars"/> bars ago, over by now or not.</summary>
    public static bool TryRecent(Side direction, MarketView view, int bars, out ValueAreaExit exit)
    {
        exit = default;
        var closes = view.M15.Bars;
        for (var ago = 1; ago <= bars && ago + 1 < closes.Count; ago++)
        {
            if (!OutsideBefore(direction, view, ago)) continue;
            var first = ago;
            while (first < RunBarsMax && first + 2 < closes.Count && OutsideBefore(direction, view, first + 1)) first++;
            if (!view.Profile.Ago(first + 1).IsAvailable) return false;
            exit = new(first, view.Profile.Ago(first + 1));
            return Outside(direction, closes.Ago(ago).Close, exit.Frozen);
        }

        return false;
    }

    private static bool Outside(Side direction, double close, in ProfileReading area) =>
        direction.Beyond(close, direction == Side.Long ? area.Vah : area.Val) > 0;

    /// <summary>Whether the bar closed inside the value area that held at its own close.</summary>
    private static bool TryInside(Side direction, MarketView view, int ago, out bool inside)
    {
        inside = false;
        if (!view.Profile.Ago(ago).IsAvailable) return false;
        inside = !Outside(direction, view.M15.Bars.Ago(ago).Close, view.Profile.Ago(ago));
        return true;
    }

    /// <summary>Whether the bar closed outside the value area of the bar before it.</summary>
    private static bool OutsideBefore(Side direction, MarketView view, int ago) =>
        view.Profile.Ago(ago + 1).IsAvailable
        && Outside(direction, view.M15.Bars.Ago(ago).Close, view.Profile.Ago(ago + 1));

    private static bool StaysOutside(Side direction, CandleSeries closes, in ValueAreaExit exit)
    {
        for (var ago = exit.FirstAgo; ago >= 0; ago--)
        {
            if (!Outside(direction, closes.Ago(ago).Close, exit.Frozen)) return false;
        }

        return true;
    }
}
