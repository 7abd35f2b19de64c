using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Risk;

/// <summary>
/// Where the stop goes (spec 2.11): the strategy's anchor, behind a zone that lies just beyond it; without an
/// anchor the nearest zone, the last swing, or a distance in ATR.
/// </summary>
/// <remarks>
/// A zone or swing is used only when the stop behind it, buffer included, stays within the guard: a stop that
/// would be refused at once is no choice. The guard measures before the price is put on the tick (outward).
/// </remarks>
public static class StopPlacement
{
    /// <exception cref="ArgumentOutOfRangeException">ATR is not a positive number.</exception>
    public static StopDecision Place(
        RiskOptions options, SymbolRules rules, in StopRequest request, ReadOnlySpan<ZoneEdge> zones)
    {
        if (!(request.Atr > 0) || double.IsInfinity(request.Atr))
            throw new ArgumentOutOfRangeException(nameof(request), request.Atr, "ATR must be a positive number");

        var (level, basis) = double.IsNaN(request.Anchor)
            ? WithoutAnchor(options, request, zones)
            : FromAnchor(options, request, zones);
        var distance = Distance(request, level);
        if (distance < options.StopMinAtr * request.Atr)
        {
            level = request.Entry - (request.Side.Sign() * options.StopMinAtr * request.Atr);
            distance = options.StopMinAtr * request.Atr;
        }

        return new(OnTick(options, rules, request.Side, level), basis, Guard(options, request, distance));
    }

    private static Refusal? Guard(RiskOptions options, in StopRequest request, double distance)
    {
        if (distance <= 0) return Refusal.StopOnWrongSide;
        if (distance > options.StopMaxAtr * request.Atr) return Refusal.StopTooFar;
        return distance > options.StopMaxFraction * request.Entry ? Refusal.StopTooWide : null;
    }

    private static (double Level, StopBasis Basis) FromAnchor(
        RiskOptions options, in StopRequest request, ReadOnlySpan<ZoneEdge> zones)
    {
        // A wrong-side anchor is a bug of the strategy, or a price that has left: the guard says so.
        if (Distance(request, request.Anchor) <= 0) return (request.Anchor, StopBasis.Anchor);
        if (!request.UseZones) return (request.Anchor, StopBasis.Anchor);

        var reach = request.Anchor - (request.Side.Sign() * options.ZoneReachAtr * request.Atr);
        var (level, nearest) = (request.Anchor, double.PositiveInfinity);
        foreach (var zone in zones)
        {
            var (near, far) = Edges(request.Side, zone);
            var beyondAnchor = Outward(request.Side, far, request.Anchor);
            var withinReach = Outward(request.Side, reach, near);
            var behind = Behind(options, request, far);
            var away = Distance(request, near);
            if (beyondAnchor < 0 || withinReach < 0 || !Fits(options, request, behind) || away >= nearest) continue;
            (level, nearest) = (behind, away);
        }

        return (level, double.IsInfinity(nearest) ? StopBasis.Anchor : StopBasis.Zone);
    }

    private static (double Level, StopBasis Basis) WithoutAnchor(
        RiskOptions options, in StopRequest request, ReadOnlySpan<ZoneEdge> zones)
    {
        var (level, nearest) = (double.NaN, double.PositiveInfinity);
        foreach (var zone in zones)
        {
            if (!request.UseZones) break;
            var (near, far) = Edges(request.Side, zone);
            var behind = Behind(options, request, far);
            var away = Math.Max(0, Distance(request, near));   // the price may stand inside the zone
            if (Distance(request, far) <= 0 || !Fits(options, request, behind) || away >= nearest) continue;
            (level, nearest) = (behind, away);
        }

        if (!double.IsNaN(level)) return (level, StopBasis.Zone);
        var swing = Behind(options, request, request.LastSwing);
        if (Distance(request, request.LastSwing) > 0 && Fits(options, request, swing))
            return (swing, StopBasis.Swing);
        var fallback = request.Entry - (request.Side.Sign() * options.StopFallbackAtr * request.Atr);
        return (fallback, StopBasis.Atr);
    }

    private static (double Near, double Far) Edges(Side side, ZoneEdge zone) =>
        side == Side.Long ? (zone.High, zone.Low) : (zone.Low, zone.High);

    /// <summary>How far a level lies from the entry on the losing side; negative on the other.</summary>
    private static double Distance(in StopRequest request, double level) =>
        Outward(request.Side, level, request.Entry);

    /// <summary>How much further out than another a level lies.</summary>
    private static double Outward(Side side, double level, double than) => side.Beyond(than, level);

    private static double Behind(RiskOptions options, in StopRequest request, double level) =>
        level - (request.Side.Sign() * options.StopBufferAtr * request.Atr);

    private static bool Fits(RiskOptions options, in StopRequest request, double level) =>
        Distance(request, level) <= options.StopMaxAtr * request.Atr;   // false for NaN

    private static decimal OnTick(RiskOptions options, SymbolRules rules, Side side, double level) =>
        OffRoundNumber(
            options, rules, side, (side == Side.Long ? rules.ToPriceDown(level) : rules.ToPriceUp(level)).Value);

    /// <summary>
    /// Stops cluster at round numbers (Osler): a stop on one goes a few ticks outward, where the crowd's come
    /// first.
    /// </summary>
    public static decimal OffRoundNumber(RiskOptions options, SymbolRules rules, Side side, decimal stop) =>
        stop % (options.RoundNumberTicks * rules.TickSize) == 0m
            ? stop - (side.Sign() * options.RoundNumberShiftTicks * rules.TickSize)
            : stop;
}
