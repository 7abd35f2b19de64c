using FuturesBot.Adapters.Configuration;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance;

/// <summary>The exchange's limits and our part of them.</summary>
public sealed record BudgetLimits
{
    public static readonly int LaneCount = Enum.GetValues<RequestLane>().Length;

    /// <summary>Weight per minute and address.</summary>
    public int WeightPerMinute { get; init; } = 2_400;

    /// <summary>Our weight per minute.</summary>
    public int OwnWeightPerMinute { get; init; } = 2_400 * 55 / 100;

    public int OrdersPer10Seconds { get; init; } = 300;

    public int OrdersPerMinute { get; init; } = 1_200;

    /// <summary>Requests to <c>/futures/data/*</c> per 5 minutes.</summary>
    public int FuturesDataPer5Minutes { get; init; } = 1_000;

    /// <summary>Requests for funding per 5 minutes.</summary>
    public int FundingPer5Minutes { get; init; } = 500;

    /// <summary>
    /// Parts of our weight that are kept for a lane and those above it, in the order of <see cref="RequestLane"/>; the
    /// last lane keeps nothing.
    /// </summary>
    public IReadOnlyList<double> Reserves { get; init; } = [0.05, 0.05, 0.03, 0.07];

    /// <summary>
    /// Requests that may be out at once, closings and stops apart. With few out, the server's count is never far behind:
    /// an endpoint that got heavier shows before the minute is overdrawn.
    /// </summary>
    public int InFlightMax { get; init; } = 16;

    /// <summary>Requests that may wait at once.</summary>
    public int WaitingMax { get; init; } = 5_000;

    public static BudgetLimits From(ExchangeOptions options) => new()
    {
        WeightPerMinute = options.WeightPerMinute,
        OwnWeightPerMinute = Floor(options.WeightPerMinute * options.WeightShare),
        Reserves = [options.ProtectiveReserve, options.ReconcileReserve, options.EntryReserve, options.MarketDataReserve],
        InFlightMax = options.ConnectionsMax,
        WaitingMax = options.WaitingMax,
    };

    /// <summary>Weight that a lane may bring the minute to: all for the first, less by each reserve above the others.</summary>
    public int[] WeightCeilings()
    {
        var ceilings = new int[LaneCount];
        var part = 1.0;
        for (var lane = 0; lane < LaneCount; lane++)
        {
            ceilings[lane] = Floor(OwnWeightPerMinute * part);
            if (lane < Reserves.Count) part -= Reserves[lane];
        }

        return ceilings;
    }

    // 1,188 may come out of floating point as 1,187.9999999999998.
    private static int Floor(double weight) => (int)Math.Floor(weight + 1e-6);

    // Orders are counted per account: the rest is for what a person does by hand, and for closing positions.
    internal static int[] OrderCeilings(int limit) =>
        [limit * 95 / 100, limit * 90 / 100, limit * 70 / 100, limit / 2, limit / 2];

    internal static int[] ExtraCeilings(int limit) =>
        [limit * 95 / 100, limit * 95 / 100, limit * 90 / 100, limit * 90 / 100, limit * 75 / 100];
}
