using System.Globalization;
using System.Text;

namespace FuturesBot.Bench;

/// <summary>
/// Seeded messages of each kind, in the exchange's form, as they come on a combined connection. All differ, so that
/// the processor cannot learn one by heart.
/// </summary>
internal static class StreamMessages
{
    /// <summary>Of one kind: enough to differ, few enough to stay in the second-level cache.</summary>
    public const int Count = 128;

    private const int Seed = 11;
    private const int LevelsPerSide = 30;

    public static byte[][] Depth() => Write("depth@100ms", (random, i) =>
        $$"""{'e':'depthUpdate','E':{{Time(i)}},'T':{{Time(i) - 3}},'s':'BTCUSDT'""" +
        $$""",'U':{{Id(i)}},'u':{{Id(i) + 900}},'pu':{{Id(i) - 1}},'b':[{{Levels(random)}}],'a':[{{Levels(random)}}]}""");

    public static byte[][] AggTrade() => Write("aggTrade", (random, i) =>
        $$"""{'e':'aggTrade','E':{{Time(i)}},'a':{{Id(i)}},'s':'BTCUSDT','p':'{{Price(random)}}'""" +
        $$""",'q':'{{Size(random)}}','f':{{Id(i)}},'l':{{Id(i) + 3}},'T':{{Time(i) - 4}},'m':{{Flag(random)}}}""");

    public static byte[][] Kline() => Write("kline_1m", (random, i) =>
        $$"""{'e':'kline','E':{{Time(i)}},'s':'BTCUSDT','k':{'t':1790000040000,'T':1790000099999""" +
        $$""",'s':'BTCUSDT','i':'1m','f':{{Id(i)}},'L':{{Id(i) + 812}},'o':'{{Price(random)}}'""" +
        $$""",'c':'{{Price(random)}}','h':'63000.00','l':'60000.10','v':'{{Volume(random, 900)}}'""" +
        $$""",'n':{{random.Next(5_000)}},'x':{{Flag(random)}},'q':'{{Volume(random, 90_000_000)}}00'""" +
        $$""",'V':'{{random.Next(100)}}.25','Q':'{{Volume(random, 10_000_000)}}00','B':'0'}""" + "}");

    public static byte[][] BookTicker() => Write("bookTicker", (random, i) =>
        $$"""{'e':'bookTicker','u':{{Id(i)}},'s':'BTCUSDT','b':'{{Price(random)}}','B':'{{Size(random)}}'""" +
        $$""",'a':'{{Price(random)}}','A':'{{Size(random)}}','T':{{Time(i) - 4}},'E':{{Time(i)}}}""");

    public static byte[][] MarkPrice() => Write("markPrice@1s", (random, i) =>
        $$"""{'e':'markPriceUpdate','E':{{Time(i)}},'s':'BTCUSDT','p':'{{Fine(random)}}'""" +
        $$""",'P':'{{Fine(random)}}','i':'{{Fine(random)}}','r':'0.0000{{random.Next(1000, 9999)}}'""" +
        """,'T':1790006400000}""");

    /// <param name="stream">Behind the symbol.</param>
    /// <param name="data">The event, with single quotes for double ones.</param>
    private static byte[][] Write(string stream, Func<Random, int, string> data)
    {
        var random = new Random(Seed);
        return
        [
            .. Enumerable.Range(0, Count).Select(i =>
                Encoding.UTF8.GetBytes(
                    $$"""{'stream':'btcusdt@{{stream}}','data':{{data(random, i)}}}""".Replace('\'', '"'))),
        ];
    }

    private static string Levels(Random random) => string.Join(
        ',', Enumerable.Range(0, LevelsPerSide).Select(_ => $"['{Price(random)}','{Size(random)}']"));

    private static string Price(Random random) =>
        (61_000 + (random.Next(20_000) / 10m)).ToString("0.00", CultureInfo.InvariantCulture);

    private static string Fine(Random random) =>
        $"{61_000 + random.Next(2_000)}.{random.Next(100_000_000):00000000}";

    private static string Volume(Random random, int most) => $"{100 + random.Next(most)}.{random.Next(1_000):000}";

    /// <summary>Mostly small, some large, a few 0, as on a real book.</summary>
    private static string Size(Random random) =>
        (random.Next(8) == 0 ? 0m : (decimal)Math.Exp(random.NextDouble() * 9) / 100)
            .ToString("0.000", CultureInfo.InvariantCulture);

    private static long Time(int i) => 1_790_000_050_000 + (i * 7);

    private static long Id(int i) => 5_123_107_832_006 + (i * 1_000L);

    private static string Flag(Random random) => random.Next(2) == 0 ? "true" : "false";
}
