using System.Globalization;
using System.Text;
using FuturesBot.Domain.Market;

namespace FuturesBot.Bench;

/// <summary>
/// A book's stream made up, where there is no recording: some 65 levels a message as in a busy market, mostly near the
/// price, some far away, a fifth of them removals. Prices of 0.1 around 60,000.
/// </summary>
internal static class GeneratedDepth
{
    private const int Updates = 6_500;
    private const int FarGridTicks = 500;   // far away people like round prices

    public static RecordedDepth Make()
    {
        var random = new Random(1);
        var (bids, asks) = (new SortedSet<int>(), new SortedSet<int>());
        var (centre, id) = (600_000, 1_000L);
        var messages = new List<byte[]>();
        for (var update = 0; update < Updates; update++)
        {
            centre += random.Next(-5, 6);
            var (time, final) = (1_700_000_000_000 + (50 * update), id + random.Next(1, 5_000));
            var (b, a) = (Side(random, bids, centre, -1), Side(random, asks, centre, 1));
            messages.Add(Encoding.UTF8.GetBytes(
                $$$"""{"stream":"btcusdt@depth@0ms","data":{"e":"depthUpdate","E":{{{time}}},"T":{{{time}}},"s":"BTCUSDT","U":{{{id + 1}}},"u":{{{final}}},"pu":{{{id}}},"b":{{{b}}},"a":{{{a}}}}}"""));
            id = final;
        }

        return RecordedDepth.Of("generated, seed 1", Symbol.Btc, FixedPoint.One / 10, messages);
    }

    /// <summary>Changes of one side: what the price has passed goes, the rest is at random.</summary>
    private static string Side(Random random, SortedSet<int> side, int centre, int sign)
    {
        var changes = side.Where(ticks => (ticks - centre) * sign <= 0).ToDictionary(ticks => ticks, _ => 0m);
        for (var i = random.Next(15, 50); i > 0; i--)
        {
            var distance = random.Next(10) == 0
                ? 10_000 + (random.Next(100) * FarGridTicks)
                : (int)(-400 * Math.Log(1 - random.NextDouble()));
            var ticks = centre + (sign * (1 + distance));
            if (distance >= 10_000) ticks -= ticks % FarGridTicks;
            changes.TryAdd(ticks, random.Next(5) == 0 ? 0 : random.Next(1, 9_000) / 1_000m);
        }

        foreach (var (ticks, quantity) in changes)
        {
            if (quantity == 0) side.Remove(ticks);
            else side.Add(ticks);
        }

        return "[" + string.Join(',', changes.OrderBy(change => change.Key).Select(change => string.Create(
            CultureInfo.InvariantCulture, $"[\"{change.Key / 10m:0.00}\",\"{change.Value:0.000}\"]"))) + "]";
    }
}
