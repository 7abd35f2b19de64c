namespace FuturesBot.Dashboard.Sample;

/// <summary>Invented limits, streams and latencies.</summary>
internal sealed class SampleLimits : ILimitsSource
{
    private const long MinuteMs = 60_000;

    private static readonly double[] Bounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000];

    public LimitsView Limits() => new(
        SampleSource.StartMs, 412, 1_320, 486, 2_400, 1_104, SampleSource.StartMs + MinuteMs,
        [.. Enumerable.Range(0, 60).Select(i => new WeightMinuteView(
            SampleSource.StartMs + ((i - 58) * MinuteMs), i % 15 == 0 ? 880 - i : 150 + (i * 7 % 90), i % 15 == 0 ? 940 : 210 + (i * 7 % 90)))],
        [
            new("protective", 4, 1_320, 66, 0, 18), new("reconcile", 60, 1_254, 66, 0, 240), new("entry", 12, 1_188, 40, 0, 31),
            new("market_data", 176, 1_148, 92, 2, 8_112), new("history", 160, 1_056, 0, 41, 12_904),
        ],
        [new("orders in 10 s", 2, 300), new("orders in a minute", 5, 1_200)],
        [new("positioning data", 48, 1_000), new("funding", 1, 500)],
        PausedUntilMs: null, Ban: null, double.NaN, [new(SampleSource.StartMs - 3_542_400_000, SampleSource.StartMs - 3_542_280_000)],
        Refused: 0, 3,
        [
            Line("market", 1, "live", 60, 38, 84, 131), Line("market", 2, "live", 36, 41, 92, 140),
            Line("public", 3, "renewing", 12, 31, 402, 1_980) with { Reconnects = 2, LastEnd = "connection /public 3 was cut" },
        ],
        new(11, 12, new Dictionary<string, int> { ["synced"] = 11, ["gap"] = 1 }, 1_204_331, 118, 5, 4, 1, 17, 0, 1, 4_812_000));

    public LatencyView Latency() => new(
        SampleSource.StartMs,
        [
            new("received", "from the exchange's event to here", Spread(9_120, 50, 100, 200), null),
            new("decided", "from the candle's close to the decision", Spread(608, 500, 1_000, 2_000), null),
            new("computed", "of that, the computing alone", Spread(608, 2, 5, 10), null),
            new("committed", "from the decision to its commit", Spread(608, 5, 20, 50), null),
            new("told", "from the commit until it is told", Spread(0, double.NaN, double.NaN, double.NaN), "nothing was told yet"),
        ],
        [
            new("GET /fapi/v1/depth", 17, 0, Spread(17, 100, 200, 500)), new("GET /fapi/v1/klines", 1_812, 3, Spread(1_809, 50, 100, 500)),
            new("GET /fapi/v1/time", 41, 0, Spread(41, 20, 50, 50)),
        ]);

    private static StreamLineView Line(string route, int number, string state, int streams, double p50, double p95, double p99) => new(
        route, number, state, streams, streams, 0, 48_000, 9_100_000, 0, 0, 1, 40, 7_200_000, null, Spread(48_000, p50, p95, p99));

    private static QuantilesView Spread(long count, double p50, double p95, double p99) => new(
        count, p50, p95, p99,
        count == 0 ? [] : [.. Bounds.Where(bound => bound <= p99 * 1.5).Select(bound => new BucketView(bound, 1 + (count / (long)(1 + Math.Abs(bound - p50)))))]);
}
