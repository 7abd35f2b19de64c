using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Indicators;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Chat;

namespace FuturesBot.Adapters.Tests.Pictures;

/// <summary>Charts of a seeded walk with a plan at its end.</summary>
internal static class PictureSamples
{
    private const long End = 1_795_170_600_000;   // 2026-11-20T10:30:00Z
    private const int Past = 400;

    public static TimeZoneInfo Kyiv { get; } = TimeZoneInfo.CreateCustomTimeZone("Kyiv", TimeSpan.FromHours(2), "Kyiv", "Kyiv");

    /// <param name="seed">Of the walk.</param>
    /// <param name="side">Direction of the trade.</param>
    /// <param name="tick">Price step; the walk is scaled to it.</param>
    /// <param name="stopShare">Distance of the stop as a share of the price.</param>
    /// <param name="language">Of the words.</param>
    /// <param name="symbol">Name of the pair.</param>
    /// <param name="strategy">Name in the catalog.</param>
    /// <param name="bars">Candles shown at most.</param>
    public static SignalPictureFacts Facts(
        int seed = 1, Side side = Side.Long, decimal tick = 0.01m, double stopShare = 0.0093, ChatLanguage language = ChatLanguage.Russian,
        string symbol = "SOLUSDT", string strategy = "BreakAndRetest", int bars = SignalPictureFacts.Candles)
    {
        var random = new Random(seed);
        var rules = SymbolRules.FromTick(tick);
        var price = (double)tick * 15_000;
        var average = new Ema(200);
        var all = new List<(Candle Bar, double Ema)>();
        for (var i = 0; i < Past; i++)
        {
            double Step(double size) => (random.NextDouble() - 0.5) * size * price;
            var open = price;
            price *= 1 + (((random.NextDouble() - 0.5) * 0.006) + ((int)side * 0.00012 * (i > Past - 60 ? 6 : 1)));
            var high = Math.Max(open, price) + Math.Abs(Step(0.004));
            var low = Math.Min(open, price) - Math.Abs(Step(0.004));
            var candle = new Candle(End - ((Past - i) * TimeFrame.M15.Ms()), open, high, low, price, 500 + (random.NextDouble() * 1500) + (i > Past - 9 ? 2000 : 0));
            all.Add((candle, average.Update(candle.Close)));
        }

        var shown = all.TakeLast(bars).ToArray();
        var entry = rules.ToPrice(price).Value;
        var risk = rules.ToPrice(price * stopShare).Value;
        var atr = price * 0.006;
        var plan = new TradePlan
        {
            Id = new("0123456789abcdef"),
            Symbol = Symbol.Parse(symbol),
            Strategy = strategy,
            Side = side,
            Frame = TimeFrame.M15,
            Category = EntryCategory.Pullback,
            EntryType = EntryType.Limit,
            DecidedAtMs = End,
            SignalPrice = entry,
            Entry = entry,
            Stop = entry - ((int)side * risk),
            Target1 = entry + ((int)side * risk),
            Target2 = entry + ((int)side * 2 * risk),
            Atr = atr,
            Rules = rules,
            Exits = ExitOptions.Default,
        };
        var middle = price - ((int)side * price * 0.008);
        return new()
        {
            Plan = plan,
            Bars = [.. shown.Select(one => one.Bar)],
            Ema200 = [.. shown.Select(one => one.Ema)],
            Zones =
            [
                new(middle - (0.25 * atr), middle + (0.25 * atr), middle, 1, 3, side == Side.Long ? ZoneRole.Support : ZoneRole.Resistance,
                    TimeFrame.H1, shown[Math.Min(6, shown.Length - 1)].Bar.OpenTimeMs, 0),
            ],
            Words = new(language, Kyiv),
        };
    }
}
