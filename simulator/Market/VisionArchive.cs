using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace FuturesBot.Simulator.Market;

/// <summary>
/// The public archive of a market's past: zip files with one CSV each and their checksums, named as the exchange names them. A file is
/// there from some hours after its day or month on, as long as the market keeps all of its minutes. Some files have a header, others
/// have none, as in the real archive.
/// </summary>
/// <remarks>
/// Daily: klines, mark and index klines up to <c>1d</c>, aggTrades, metrics (only with open interest). Monthly: klines, mark and index klines
/// of every interval, fundingRate. Everything else is never there. Not for several threads at once, as the market itself.
/// </remarks>
/// <param name="market">Whose past.</param>
public sealed class VisionArchive(IMarket market)
{
    private const long DayMs = 86_400_000;

    // A day's files appear in the early morning after it, a month's on the first Monday.
    private const long DailyDelayMs = 3 * 3_600_000;
    private const long MonthlyDelayMs = 9 * 3_600_000;
    private const int Cached = 16;

    private readonly Dictionary<ArchiveKey, int> _revisions = [];
    private readonly List<(ArchiveKey Key, ArchiveFile File)> _cache = [];

    /// <summary>The file as it stands now; null when there is none (yet, or any more).</summary>
    public ArchiveFile? Get(ArchiveKey key)
    {
        key = Normal(key);
        var at = _cache.FindIndex(entry => entry.Key == key);
        if (at >= 0) return _cache[at].File;
        if (!Exists(key) || Text(key) is not { } text) return null;
        var file = Pack(key, text);
        if (_cache.Count == Cached) _cache.RemoveAt(0);
        _cache.Add((key, file));
        return file;
    }

    /// <summary>Replaces a file by one that differs in one row, as the exchange does now and then.</summary>
    public void Revise(ArchiveKey key)
    {
        key = Normal(key);
        _revisions[key] = _revisions.GetValueOrDefault(key) + 1;
        _cache.RemoveAll(entry => entry.Key == key);
    }

    /// <summary>Market time from which the file is there.</summary>
    public static long AvailableMs(ArchiveKey key)
    {
        var end = Ms(EndOf(key));
        if (!key.IsMonthly) return end + DailyDelayMs;
        var monday = EndOf(key);
        while (monday.DayOfWeek != DayOfWeek.Monday) monday = monday.AddDays(1);
        return Ms(monday) + MonthlyDelayMs;
    }

    /// <summary>Reads an address such as <c>/data/futures/um/daily/klines/BTCUSDT/1m/BTCUSDT-1m-2025-10-01.zip</c> or its <c>.CHECKSUM</c>.</summary>
    public bool TryParse(string path, out ArchiveKey key, out bool isChecksum)
    {
        key = default;
        const string Ending = ".CHECKSUM";
        isChecksum = path.EndsWith(Ending, StringComparison.Ordinal);
        if (isChecksum) path = path[..^Ending.Length];
        var parts = path.Trim('/').Split('/');
        if (parts.Length is not (7 or 8) || !path.Contains("data/futures/um/", StringComparison.Ordinal) || parts[3] is not ("daily" or "monthly")) return false;
        var kind = Array.FindIndex(Enum.GetValues<ArchiveKind>(), candidate => Folder(candidate) == parts[4]);
        var symbol = Place(parts[5]);
        if (kind < 0 || symbol < 0 || HasInterval((ArchiveKind)kind) != (parts.Length == 8)) return false;
        var interval = KlineInterval.M1;
        if (parts.Length == 8 && !TryInterval(parts[6], out interval)) return false;
        var (monthly, name) = (parts[3] == "monthly", parts[^1]);
        var format = monthly ? "yyyy-MM" : "yyyy-MM-dd";
        if (name.Length < format.Length + 4) return false;
        var date = name.AsSpan(name.Length - 4 - format.Length, format.Length);
        if (!DateOnly.TryParseExact(date, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return false;
        key = new(symbol, (ArchiveKind)kind, interval, day, monthly);
        return name == NameOf(key) + ".zip";
    }

    private int Place(string name)
    {
        for (var i = 0; i < market.Symbols.Count; i++)
        {
            if (market.Symbols[i].Symbol.Name == name) return i;
        }

        return -1;
    }

    private bool Exists(ArchiveKey key)
    {
        if (market.NowMs < AvailableMs(key)) return false;
        var facts = market.Symbols[key.Symbol];
        var firstMs = market.OldestMs > facts.OnboardMs ? market.OldestMs : facts.OnboardMs / DayMs * DayMs;
        if (key.IsMonthly && facts.OnboardMs >= market.OldestMs && facts.OnboardMs < Ms(EndOf(key))) firstMs = long.MinValue;   // listed within it
        if (Ms(key.Date) < firstMs || Ms(key.Date) >= facts.DeliveryMs) return false;
        return key.Kind switch
        {
            ArchiveKind.Klines or ArchiveKind.MarkPriceKlines or ArchiveKind.IndexPriceKlines => key.IsMonthly || key.Interval <= KlineInterval.D1,
            ArchiveKind.FundingRate => key.IsMonthly,
            _ => !key.IsMonthly,
        };
    }

    private string? Text(ArchiveKey key)
    {
        List<string> rows = key.Kind switch
        {
            ArchiveKind.Klines => Klines(key),
            ArchiveKind.MarkPriceKlines or ArchiveKind.IndexPriceKlines => PriceKlines(key),
            ArchiveKind.AggTrades => AggTrades(key),
            ArchiveKind.Metrics => Metrics(key),
            _ => Payments(key),
        };
        if (rows.Count == 0) return null;
        var text = new StringBuilder();
        if (HasHeader(key)) text.Append(Header(key.Kind)).Append('\n');
        foreach (var row in rows) text.Append(row).Append('\n');
        return text.ToString();
    }

    private List<string> Klines(ArchiveKey key)
    {
        var (symbol, rows) = (market.Symbols[key.Symbol], new List<string>());
        foreach (var (fromMs, toMs) in Days(key))
        {
            foreach (var row in market.Klines(key.Symbol, key.Interval, fromMs, toMs - 1, 1_500))
            {
                rows.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.OpenMs},{symbol.Price(row.Open)},{symbol.Price(row.High)},{symbol.Price(row.Low)},{symbol.Price(row.Close)},{symbol.Quantity(row.Volume)},{row.CloseMs},{row.QuoteVolume:R},{row.Trades},{symbol.Quantity(row.TakerBuyVolume)},{row.TakerBuyQuoteVolume:R},0"));
            }
        }

        return Revised(key, rows, column: 5);
    }

    private List<string> PriceKlines(ArchiveKey key)
    {
        var rows = new List<string>();
        foreach (var (fromMs, toMs) in Days(key))
        {
            var part = key.Kind == ArchiveKind.MarkPriceKlines
                ? market.MarkPriceKlines(key.Symbol, key.Interval, fromMs, toMs - 1, 1_500)
                : market.IndexPriceKlines(key.Symbol, key.Interval, fromMs, toMs - 1, 1_500);
            foreach (var row in part)
                rows.Add(string.Create(CultureInfo.InvariantCulture, $"{row.OpenMs},{row.Open},{row.High},{row.Low},{row.Close},0,{row.CloseMs},0,0,0,0,0"));
        }

        return Revised(key, rows, column: 4);
    }

    private List<string> AggTrades(ArchiveKey key)
    {
        const int Page = 1_000;
        var (symbol, rows, endMs) = (market.Symbols[key.Symbol], new List<string>(), Ms(EndOf(key)));
        var page = market.AggTrades(key.Symbol, fromId: null, Ms(key.Date), endMs - 1, Page);
        while (page.Count > 0)
        {
            foreach (var trade in page.TakeWhile(trade => trade.TimeMs < endMs))
            {
                rows.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{trade.Id},{symbol.Price(trade.Ticks)},{symbol.Quantity(trade.Steps)},{trade.FirstTradeId},{trade.LastTradeId},{trade.TimeMs},{(trade.BuyerIsMaker ? "true" : "false")}"));
            }

            if (page.Count < Page || page[^1].TimeMs >= endMs) break;
            page = market.AggTrades(key.Symbol, page[^1].Id + 1, startMs: null, endMs: null, Page);
        }

        return Revised(key, rows, column: 2);
    }

    // The ratios of accounts are made up; the takers' is that of the candles.
    private List<string> Metrics(ArchiveKey key)
    {
        const long PeriodMs = 300_000;
        var (symbol, rows, fromMs) = (market.Symbols[key.Symbol], new List<string>(), Ms(key.Date));
        var candles = market.Klines(key.Symbol, KlineInterval.M5, fromMs, fromMs + DayMs - 1, 1_500).ToDictionary(row => row.OpenMs);
        foreach (var note in market.OpenInterestHistory(key.Symbol, 5, fromMs + PeriodMs, fromMs + DayMs, 500))
        {
            var random = Xoshiro256.Of(note.TimeMs, key.Symbol);
            var (accounts, positions, all) = (random.Between(1.2, 1.6), random.Between(1.1, 1.4), random.Between(1.3, 1.8));
            var candle = candles.GetValueOrDefault(note.TimeMs - PeriodMs);
            var takers = candle.TakerBuyVolume / Math.Max(1.0, candle.Volume - candle.TakerBuyVolume);
            var time = DateTimeOffset.FromUnixTimeMilliseconds(note.TimeMs);
            rows.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{time:yyyy-MM-dd HH:mm:ss},{symbol.Symbol.Name},{symbol.Quantity(note.Steps)},{note.Value},{accounts:F8},{positions:F8},{all:F8},{takers:F8}"));
        }

        return Revised(key, rows, column: 2);
    }

    private List<string> Payments(ArchiveKey key)
    {
        var payments = market.FundingRates(key.Symbol, Ms(key.Date), Ms(EndOf(key)) - 1, 1_000);
        var hours = market.Symbols[key.Symbol].FundingIntervalHours;
        List<string> rows = [.. payments.Select(paid => string.Create(CultureInfo.InvariantCulture, $"{paid.TimeMs},{hours},{paid.Rate}"))];
        return Revised(key, rows, column: 2);
    }

    // A revision changes one number of the middle row by its last digit.
    private List<string> Revised(ArchiveKey key, List<string> rows, int column)
    {
        var revision = _revisions.GetValueOrDefault(key);
        if (revision == 0 || rows.Count == 0) return rows;
        var columns = rows[rows.Count / 2].Split(',');
        var value = decimal.Parse(columns[column], CultureInfo.InvariantCulture);
        columns[column] = (value + new decimal(revision, 0, 0, isNegative: false, value.Scale)).ToString(CultureInfo.InvariantCulture);
        rows[rows.Count / 2] = string.Join(',', columns);
        return rows;
    }

    private ArchiveFile Pack(ArchiveKey key, string text)
    {
        var name = NameOf(key);
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var entry = zip.CreateEntry(name + ".csv", CompressionLevel.Fastest);
            entry.LastWriteTime = new DateTimeOffset(EndOf(key).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            using var stream = entry.Open();
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        var packed = bytes.ToArray();
        return new(name + ".zip", packed, $"{Convert.ToHexStringLower(SHA256.HashData(packed))}  {name}.zip\n");
    }

    private string NameOf(ArchiveKey key)
    {
        var what = HasInterval(key.Kind) ? Code(key.Interval) : Folder(key.Kind);
        var date = key.Date.ToString(key.IsMonthly ? "yyyy-MM" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"{market.Symbols[key.Symbol].Symbol.Name}-{what}-{date}";
    }

    private static ArchiveKey Normal(ArchiveKey key) => key with
    {
        Date = key.IsMonthly ? new(key.Date.Year, key.Date.Month, 1) : key.Date,
        Interval = HasInterval(key.Kind) ? key.Interval : KlineInterval.M1,
    };

    private static IEnumerable<(long FromMs, long ToMs)> Days(ArchiveKey key)
    {
        var end = Ms(EndOf(key));
        if (key.Interval >= KlineInterval.D1) return [(Ms(key.Date), end)];
        return Enumerable.Range(0, (int)((end - Ms(key.Date)) / DayMs)).Select(day => Ms(key.Date) + (day * DayMs)).Select(from => (from, from + DayMs));
    }

    private static bool HasHeader(ArchiveKey key) => Xoshiro256.Of(key.Date.DayNumber + ((long)key.Kind * 100_003), key.Symbol).Chance(0.5);

    private static bool HasInterval(ArchiveKind kind) => kind is ArchiveKind.Klines or ArchiveKind.MarkPriceKlines or ArchiveKind.IndexPriceKlines;

    private static DateOnly EndOf(ArchiveKey key) =>
        key.IsMonthly ? new DateOnly(key.Date.Year, key.Date.Month, 1).AddMonths(1) : key.Date.AddDays(1);

    private static long Ms(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static string Folder(ArchiveKind kind)
    {
        var name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    // The archive calls the month 1mo: on some file systems 1M and 1m are the same.
    private static string Code(KlineInterval interval) => interval == KlineInterval.Month ? "1mo" : interval.Code();

    private static bool TryInterval(string code, out KlineInterval interval)
    {
        if (code == "1mo") code = KlineInterval.Month.Code();
        else if (code == KlineInterval.Month.Code()) code = "";
        return KlineIntervals.TryParse(code, out interval);
    }

    private static string Header(ArchiveKind kind) => kind switch
    {
        ArchiveKind.AggTrades => "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker",
        ArchiveKind.Metrics => "create_time,symbol,sum_open_interest,sum_open_interest_value,count_toptrader_long_short_ratio,sum_toptrader_long_short_ratio,count_long_short_ratio,sum_taker_long_short_vol_ratio",
        ArchiveKind.FundingRate => "calc_time,funding_interval_hours,last_funding_rate",
        _ => "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore",
    };
}
