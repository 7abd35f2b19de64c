using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>
/// A whole exchange's list of symbols, made up from a seed: the twelve known ones, one of every kind that a client must
/// tell apart (an index, shares, gold, dated contracts, a stable pair, another quote asset, a Chinese name, one that is settling, one that
/// will be listed, one that will be delivered), and ordinary contracts of every size.
/// </summary>
public static class SymbolUniverse
{
    /// <summary>The known ones and one of every kind.</summary>
    public const int CountMin = 25;

    /// <summary>Names run out beyond.</summary>
    public const int CountMax = 2_000;

    private const long HourMs = 3_600_000;

    private static readonly string[] Heads = ["AL", "BO", "CY", "DRA", "EN", "FLO", "GI", "HEX", "IO", "JU", "KA", "LU", "MI", "NO", "OR", "PY", "QU", "RO", "SA", "TE", "UM", "VE", "WA", "XE", "ZO"];
    private static readonly string[] Tails = ["X", "NA", "RO", "TH", "LY", "MO", "KE", "DA", "S", "VI", "GEN", "CO", "FI", "RA", "TOR", "Z", "PI", "LO", "NU", "BIT"];

    /// <param name="seed">Any number.</param>
    /// <param name="count">Symbols, <see cref="CountMin"/> to <see cref="CountMax"/>.</param>
    /// <param name="beginMs">Time at which the market begins to be watched, Unix milliseconds: some symbols are listed shortly before, some after it.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count outside its range.</exception>
    public static IReadOnlyList<ListedSymbol> Of(long seed, int count, long beginMs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, CountMin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, CountMax);
        var random = Xoshiro256.Of(seed, stream: 9_999);
        var symbols = GeneratedSymbols.Twelve.Select(ListedSymbol.Of).Concat(Kinds(beginMs)).ToList();
        var names = symbols.Select(symbol => symbol.Facts.BaseAsset).ToHashSet(StringComparer.Ordinal);
        while (symbols.Count < count) symbols.Add(Ordinary(names, beginMs, ref random));
        return symbols;
    }

    private static IEnumerable<ListedSymbol> Kinds(long beginMs)
    {
        var (near, far) = (Quarter(beginMs, 0), Quarter(beginMs, 1));
        yield return Of("USDCUSDT", 1.0003, beta: 0, 0.0006, 90_000, 700);
        yield return With(Of("BTCDOMUSDT", 4_790, beta: 0.1, 0.02, 9_000, 150), facts => facts with { UnderlyingType = "INDEX" });
        yield return Tradifi("TSLAUSDT", 428.5, 0.03, 60_000, "EQUITY");
        yield return Tradifi("XAUUSDT", 3_870, 0.011, 80_000, "COMMODITY");
        yield return Dated("BTCUSDT", near, "CURRENT_QUARTER", 114_800, beta: 1, 0.002, 60_000);
        yield return Dated("BTCUSDT", far, "NEXT_QUARTER", 116_100, beta: 1, 0.003, 20_000);
        yield return Of("BTCUSDC", 113_900, beta: 1, 0.0015, 900_000, 1_500);
        yield return With(
            Of("ETHBTC", 0.03635, beta: 0.4, 0.015, 2, 0.02, stepWorth: 0.001),
            facts => facts with { BaseAsset = "ETH", QuoteAsset = "BTC", MarginAsset = "BTC", MinNotional = 0.001m });
        yield return With(Of("月光USDT", 0.2154, beta: 1.4, 0.06, 45_000, 300), facts => facts with { UnderlyingSubTypes = ["Meme"] });
        yield return Until(Of("WANEUSDT", 0.0412, beta: 1.1, 0.05, 20_000, 250), beginMs - (30 * HourMs));
        yield return Until(Of("LEAVEUSDT", 1.912, beta: 1.2, 0.04, 50_000, 300), beginMs + (26 * HourMs));
        yield return From(Of("FRESHUSDT", 0.731, beta: 1.6, 0.07, 150_000, 350), beginMs + (HourMs / 2));
        yield return From(Of("1000NEWTUSDT", 0.01862, beta: 1.6, 0.06, 120_000, 300), beginMs - (7 * HourMs));
    }

    private static ListedSymbol Ordinary(HashSet<string> names, long beginMs, ref Xoshiro256 random)
    {
        string name;
        do
        {
            name = Heads[(int)random.Between(0, Heads.Length)] + Tails[(int)random.Between(0, Tails.Length)];
            if (random.Chance(0.6)) name += Tails[(int)random.Between(0, Tails.Length)];
            if (random.Chance(0.03)) name = "1000" + name;
        }
        while (!names.Add(name));

        // From 3,000 to 400,000 quote units a minute: few large, many small.
        var volume = 3_000 * PortableMath.Exp(4.9 * random.Uniform() * random.Uniform());
        var price = 0.002 * PortableMath.Exp(12.5 * random.Uniform() * random.Uniform());
        var symbol = Of(
            name + "USDT", price, random.Between(0.7, 2), random.Between(0.02, 0.06), volume,
            Math.Clamp(volume / 200, 60, 700), ticks: random.Between(1_200, 40_000));
        var hours = random.Uniform();
        var facts = symbol.Facts with
        {
            FundingIntervalHours = hours < 0.55 ? 4 : hours < 0.97 ? 8 : 1,
            FundingCap = random.Chance(0.3) ? 0.03m : 0.02m,
            OnboardMs = symbol.Facts.OnboardMs + ((long)(random.Uniform() * 1_500) * 24 * HourMs),
            UnderlyingSubTypes = random.Chance(0.2) ? ["Meme"] : random.Chance(0.3) ? ["DeFi"] : ["Layer-1"],
        };
        symbol = symbol with { Facts = facts };
        return random.Chance(0.03) ? From(symbol, beginMs + ((long)random.Between(-40, 60) * HourMs)) : symbol;
    }

    private static ListedSymbol Of(
        string name, double price, double beta, double ownDailyVolatility, double quotePerMinute, double tradeNotional, double ticks = 9_000,
        double stepWorth = 3)
    {
        // A tick of 1, 0.1, 0.01 … that leaves about so many of them in the price, and a step worth about a unit of the quote asset.
        var (tickDecimals, stepDecimals) = (8, 0);
        while ((double)Unit(tickDecimals) * ticks * 3 < price && tickDecimals > 0) tickDecimals--;
        while ((double)Unit(stepDecimals) * price > stepWorth && stepDecimals < 3) stepDecimals++;
        var (tick, step) = (Unit(tickDecimals), Unit(stepDecimals));
        var rules = new SymbolRules(tick, step, MinNotional: 5m, MinQuantity: step, MaxMarketQuantity: step * 2_000_000);
        var onTick = (double)rules.ToPrice(price).Value;
        return ListedSymbol.Of(new(Symbol.Parse(name), rules, onTick, beta, ownDailyVolatility, quotePerMinute, tradeNotional));
    }

    private static decimal Unit(int decimals) => new(1, 0, 0, isNegative: false, (byte)decimals);

    private static ListedSymbol With(ListedSymbol symbol, Func<MarketSymbol, MarketSymbol> change) =>
        symbol with { Facts = change(symbol.Facts) };

    private static ListedSymbol Tradifi(string name, double price, double volatility, double quotePerMinute, string underlying) =>
        With(
            Of(name, price, beta: 0.15, volatility, quotePerMinute, tradeNotional: 400),
            facts => facts with { ContractType = "TRADIFI_PERPETUAL", UnderlyingType = underlying, UnderlyingSubTypes = ["TradFi"] });

    private static ListedSymbol Dated(
        string pair, DateTimeOffset delivery, string type, double price, double beta, double volatility, double quotePerMinute)
    {
        var symbol = Of($"{pair}_{delivery:yyMMdd}", price, beta, volatility, quotePerMinute, tradeNotional: 500);
        return With(symbol, facts => facts with
        {
            Pair = pair,
            BaseAsset = pair[..^4],
            QuoteAsset = "USDT",
            MarginAsset = "USDT",
            ContractType = type,
            OnboardMs = delivery.AddDays(-182).ToUnixTimeMilliseconds(),
            DeliveryMs = delivery.ToUnixTimeMilliseconds(),
        });
    }

    private static ListedSymbol Until(ListedSymbol symbol, long deliveryMs) =>
        With(symbol, facts => facts with { DeliveryMs = deliveryMs / 60_000 * 60_000 });

    private static ListedSymbol From(ListedSymbol symbol, long onboardMs) =>
        With(symbol, facts => facts with { OnboardMs = onboardMs / 60_000 * 60_000 });

    // Last Friday of a quarter, 08:00 UTC: the first at least two weeks after the beginning, or a later one.
    private static DateTimeOffset Quarter(long beginMs, int later)
    {
        var from = DateTimeOffset.FromUnixTimeMilliseconds(beginMs).AddDays(14);
        var month = new DateTimeOffset(from.Year, ((from.Month - 1) / 3 * 3) + 1, 1, 8, 0, 0, TimeSpan.Zero);
        while (true)
        {
            month = month.AddMonths(3);
            var friday = month.AddDays(-1);
            while (friday.DayOfWeek != DayOfWeek.Friday) friday = friday.AddDays(-1);
            if (friday >= from && later-- == 0) return friday;
        }
    }
}
