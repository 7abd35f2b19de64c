using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Strategies;

/// <summary>
/// The first close outside the value area after one inside it. The area is the one of the bar before that
/// close: it stays frozen, however the rolling profile moves on.
/// </summary>
/// <remarks>
/// Read so, with the first exit of the last bars, the rule triggers as often as the specification measured
/// (2.8: ACCEPT 6, REJECT 25 a month).
/// </remarks>
/// <param name="FirstAgo">The first close outside, in bars before now.</param>
/// <param name="Frozen">The value area before it.</param>
internal readonly record struct ValueAreaExit(int FirstAgo, ProfileReading Frozen)
{
    /// <summary>The edge that a close beyond leaves in the given direction.</summary>
    public double Edge(Side direction) => direction == Side.Long ? Frozen.Vah : Frozen.Val;

    /// <summary>An exit whose last close inside lies at most so many bars back, with every close since outside.</summary>
    public static bool TryOngoing(Side direction, MarketView view, int bars, out ValueAreaExit exit)
    {
        for (var ago = bars - 1; ago >= 0; ago--)
        {
            if (TryAt(direction, view, ago, out exit) && StaysOutside(direction, view.M15.Bars, exit)) return true;
        }

        exit = default;
        return false;
    }

    /// <summary>An exit whose first close outside lies at most so many bars back, over by now or not.</summary>
    public static bool TryRecent(Side direction, MarketView view, int bars, out ValueAreaExit exit)
    {
        for (var ago = bars; ago >= 1; ago--)
        {
            if (TryAt(direction, view, ago, out exit)) return true;
        }

        exit = default;
        return false;
    }

    /// <summary>The bar closed outside the area of the bar before it, which had closed inside its own.</summary>
    private static bool TryAt(Side direction, MarketView view, int ago, out ValueAreaExit exit)
    {
        exit = default;
        var closes = view.M15.Bars;
        if (ago + 1 >= closes.Count) return false;
        var area = view.Profile.Ago(ago + 1);
        if (!area.IsAvailable || Outside(direction, closes.Ago(ago + 1).Close, area)) return false;
        exit = new(ago, area);
        return Outside(direction, closes.Ago(ago).Close, area);
    }

    private static bool Outside(Side direction, double close, in ProfileReading area) =>
        direction.Beyond(close, direction == Side.Long ? area.Vah : area.Val) > 0;

    private static bool StaysOutside(Side direction, CandleSeries closes, in ValueAreaExit exit)
    {
        for (var ago = exit.FirstAgo; ago >= 0; ago--)
        {
            if (!Outside(direction, closes.Ago(ago).Close, exit.Frozen)) return false;
        }

        return true;
    }
}
