using FuturesBot.Adapters.Binance;
using FuturesBot.Adapters.Binance.Streams;
using FuturesBot.Adapters.Sessions;
using FuturesBot.Engine.Telemetry;

namespace FuturesBot.Adapters.Telemetry;

/// <summary>Readings of the exchange: streams, request budget, order books, checked candles.</summary>
public static class ExchangeGauges
{
    private static readonly double[] Quantiles = [0.5, 0.95, 0.99];

    public static Gauges AddExchange(this Gauges gauges, ExchangeSession exchange) => gauges
        .Add(Metrics.StreamLag, () => Lags(Streams(exchange)))
        .Add(Metrics.StreamSilence, () => ByRoute(Streams(exchange), lines => lines.Max(line => line.DataAgeMs)))
        .Add(Metrics.StreamReconnects, () => ByRoute(Streams(exchange), lines => lines.Sum(line => (double)line.Reconnects)))
        .Add(Metrics.BudgetUse, () => Uses(exchange.Budget))
        .Add(Metrics.BudgetWaiting, () => exchange.Budget.Lanes.Select(lane => One(lane.Waiting, Attributes.Limit, lane.Lane.ToString())))
        .Add(Metrics.BanLeft, () => Math.Max(0, exchange.Budget.BanLeft?.TotalSeconds ?? 0))
        .Add(Metrics.Books, () => exchange.Books?.Health.ByTrust.Select(one => One(one.Value, Attributes.Trust, one.Key.ToString())) ?? [])
        .Add(Metrics.BookResyncs, () => exchange.Books?.Health.Resyncs ?? double.NaN)
        .Add(Metrics.BookGaps, () => exchange.Books?.Health.Gaps ?? double.NaN)
        .Add(Metrics.CandlesVerified, () => Verified(exchange));

    private static IReadOnlyList<StreamHealth> Streams(ExchangeSession exchange) => [.. exchange.Klines.Health, .. exchange.Books?.Streams ?? []];

    // The slowest line of a route: that is the one to look at.
    private static IEnumerable<(double, KeyValuePair<string, object?>[])> Lags(IReadOnlyList<StreamHealth> lines) =>
        from route in lines.GroupBy(line => line.Route)
        from share in Quantiles
        let lags = route.Select(line => line.Lag.QuantileMs(share)).Where(lag => !double.IsNaN(lag)).ToArray()
        where lags.Length > 0
        select (lags.Max(), new KeyValuePair<string, object?>[] { new(Attributes.Route, route.Key.ToString()), new(Attributes.Quantile, share) });

    private static IEnumerable<(double, KeyValuePair<string, object?>[])> ByRoute(
        IReadOnlyList<StreamHealth> lines, Func<IEnumerable<StreamHealth>, double> read) =>
        lines.GroupBy(line => line.Route).Select(route => One(read(route), Attributes.Route, route.Key.ToString()));

    private static IEnumerable<(double, KeyValuePair<string, object?>[])> Uses(BudgetReading budget) =>
    [
        One(Share(budget.OwnWeight, budget.OwnWeightMax), Attributes.Limit, "own_weight"),
        One(Share(budget.UsedWeight, budget.WeightLimit), Attributes.Limit, "address_weight"),
        One(Share(budget.Orders10Seconds.Used, budget.Orders10Seconds.Limit), Attributes.Limit, "orders_10s"),
        One(Share(budget.OrdersMinute.Used, budget.OrdersMinute.Limit), Attributes.Limit, "orders_minute"),
        One(Share(budget.FuturesData.Used, budget.FuturesData.Limit), Attributes.Limit, "futures_data"),
        One(Share(budget.Funding.Used, budget.Funding.Limit), Attributes.Limit, "funding"),
    ];

    private static IEnumerable<(double, KeyValuePair<string, object?>[])> Verified(ExchangeSession exchange)
    {
        var counts = exchange.Verified;
        return
        [
            One(counts.Agreed, Attributes.Result, "agreed"), One(counts.Mismatched, Attributes.Result, "mismatched"),
            One(counts.Late, Attributes.Result, "late"), One(counts.Unconfirmed, Attributes.Result, "unconfirmed"),
            One(counts.Failed, Attributes.Result, "failed"), One(counts.LeftOut, Attributes.Result, "left_out"),
        ];
    }

    private static double Share(int used, int limit) => limit > 0 ? used / (double)limit : double.NaN;

    private static (double, KeyValuePair<string, object?>[]) One(double value, string attribute, string of) => (value, [new(attribute, of)]);
}
