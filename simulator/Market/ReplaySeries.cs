using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>The files of one symbol as minutes: longer candles are split, what the files lack is made up.</summary>
internal sealed class ReplaySeries : IDisposable
{
    private const long MinuteMs = KlineMath.MinuteMs;

    // Up to this many compressed bytes every row is looked at before the replay begins, beyond it the first and last file.
    private const long ScannedBytesMax = 256L << 20;

    // Trades of a minute whose file does not say how many there were.
    private const int TradesPerMinute = 300;

    private readonly List<ReplayFile> _files;
    private readonly Action<string> _report;
    private readonly MinutePlan _plan = new();
    private readonly long _seed;
    private readonly int _place;
    private readonly int _minutesPerRow;
    private readonly SourceMinute[] _split;
    private IEnumerator<ReplayRow>? _rows;
    private int _file;
    private long _splitMs = long.MinValue;
    private int _tickDecimals;
    private int _stepDecimals;

    /// <exception cref="InvalidDataException">No sound row in any file, or a file is damaged.</exception>
    public ReplaySeries(int place, List<ReplayFile> files, KlineReplayOptions options, Action<string> report)
    {
        (_place, _files, _report, _seed) = (place, files, report, options.Seed);
        _minutesPerRow = (int)(files[0].Interval.NextOpen(0) / MinuteMs);
        _split = new SourceMinute[_minutesPerRow];
        Scan(options);
        Facts = FactsOf(files[0].Symbol, options);
        FirstMs = Math.Max(FirstMs, options.FromMs ?? long.MinValue);
        EndMs = Math.Min(EndMs, options.ToMs ?? long.MaxValue);
        Next();
    }

    public MarketSymbol Facts { get; }

    /// <summary>Open time of the first row that is replayed.</summary>
    public long FirstMs { get; private set; } = long.MaxValue;

    /// <summary>Close time of the last one.</summary>
    public long EndMs { get; private set; } = long.MinValue;

    public SourceMinute Read(long minuteMs)
    {
        while (_rows is not null && _rows.Current.OpenMs <= minuteMs)
        {
            var row = _rows.Current;
            if (row.OpenMs + (_minutesPerRow * MinuteMs) > minuteMs) Split(row);
            Next();
        }

        if (_splitMs == long.MinValue) return default;   // its files begin later than others
        var at = (minuteMs - _splitMs) / MinuteMs;
        return at >= 0 && at < _minutesPerRow ? _split[at] : default;
    }

    public void Dispose() => _rows?.Dispose();

    private void Scan(KlineReplayOptions options)
    {
        var all = _files.Sum(file => new FileInfo(file.Path).Length) <= ScannedBytesMax;
        foreach (var file in all ? _files : [.. _files.Take(1), .. _files.TakeLast(1)])
        {
            foreach (var row in file.Rows(_ => { }))   // reported when it is replayed
            {
                FirstMs = Math.Min(FirstMs, row.OpenMs);
                EndMs = Math.Max(EndMs, row.OpenMs + (_minutesPerRow * MinuteMs));
                if (row.OpenMs < options.FromMs || row.OpenMs >= options.ToMs) continue;
                foreach (var price in (ReadOnlySpan<decimal>)[row.Open, row.High, row.Low, row.Close])
                    _tickDecimals = Math.Max(_tickDecimals, Decimals(price));
                _stepDecimals = Math.Max(_stepDecimals, Math.Max(Decimals(row.Volume), Decimals(row.TakerBuyVolume ?? 0)));
            }
        }

        if (EndMs == long.MinValue) throw new InvalidDataException($"{_files[0].Path}: no sound row in {_files.Count} files");
    }

    private MarketSymbol FactsOf(Symbol symbol, KlineReplayOptions options)
    {
        var (tick, step) = (Unit(_tickDecimals), Unit(_stepDecimals));
        var rules = options.Rules?.GetValueOrDefault(symbol);

        // Published filters are taken when the files' numbers lie on them.
        if (rules is not null && tick % rules.TickSize == 0) tick = rules.TickSize;
        if (rules is not null && step % rules.StepSize == 0) step = rules.StepSize;
        var quote = ((string[])["USDT", "USDC", "FDUSD", "BUSD", "BTC", "ETH"])
            .FirstOrDefault(asset => symbol.Name.Length > asset.Length && symbol.Name.EndsWith(asset, StringComparison.Ordinal)) ?? "USDT";
        return new()
        {
            Symbol = symbol,
            Pair = symbol.Name,
            BaseAsset = symbol.Name.EndsWith(quote, StringComparison.Ordinal) ? symbol.Name[..^quote.Length] : symbol.Name,
            QuoteAsset = quote,
            MarginAsset = quote,
            OnboardMs = FirstMs,
            TickSize = tick,
            StepSize = step,
            MinPrice = tick,
            MaxPrice = tick * int.MaxValue,
            MinQuantity = rules?.MinQuantity ?? step,
            MaxQuantity = (rules?.MaxMarketQuantity ?? (step * 100_000_000)) * 5,
            MaxMarketQuantity = rules?.MaxMarketQuantity ?? (step * 100_000_000),
            MinNotional = rules?.MinNotional ?? SymbolRules.DefaultMinNotional,
            PriceDecimals = MarketSymbol.DecimalsOf(tick),
            QuantityDecimals = MarketSymbol.DecimalsOf(step),
        };
    }

    // The next row that is later than the one before and fits the symbol's tick and step.
    private void Next()
    {
        var before = _rows?.Current.OpenMs ?? FirstMs - 1;
        while (true)
        {
            if (_rows is null)
            {
                if (_file == _files.Count) return;
                _rows = _files[_file].Rows(_report).GetEnumerator();
            }

            if (!_rows.MoveNext())
            {
                _rows.Dispose();
                _rows = null;
                _file++;
                continue;
            }

            var row = _rows.Current;
            if (row.OpenMs <= before) continue;
            if (row.OpenMs >= EndMs)
            {
                _rows.Dispose();
                (_rows, _file) = (null, _files.Count);
                return;
            }

            if (Fits(row)) return;
            _report($"{_files[_file].Path}, open time {row.OpenMs}: finer than tick {Facts.TickSize} or step {Facts.StepSize}, or too large");
        }
    }

    private bool Fits(in ReplayRow row) =>
        Facts.TryTicks(row.Open, out _) && Facts.TryTicks(row.High, out var high) && Facts.TryTicks(row.Low, out _)
        && Facts.TryTicks(row.Close, out _) && Facts.TrySteps(row.Volume, out _) && high <= int.MaxValue / 2;

    private void Split(in ReplayRow row)
    {
        _splitMs = row.OpenMs;
        var whole = Whole(row);
        if (_minutesPerRow == 1)
        {
            _split[0] = whole;
            return;
        }

        var bar = new MinuteBar
        {
            Open = (int)whole.Open,
            High = (int)whole.High,
            Low = (int)whole.Low,
            Close = (int)whole.Close,
            Volume = whole.Volume,
            TakerBuy = whole.TakerBuyVolume,
            Trades = whole.Trades,
            AggregatesMax = (ushort)Math.Min(MinutePlan.Slots, MinutePlan.AggregatesMin * _minutesPerRow),
        };
        _plan.Make(bar, _seed, _place, row.OpenMs / MinuteMs);
        var last = whole.Open;
        for (var minute = 0; minute < _minutesPerRow; minute++) last = (_split[minute] = Part(whole, minute, last)).Close;
    }

    private SourceMinute Part(in SourceMinute whole, int minute, long last)
    {
        var part = new SourceMinute(last, last, last, last, 0, 0, 0, 0, 0, OpenInterest: -1);
        foreach (ref readonly var trade in _plan.Trades)
        {
            if (trade.Slot * _minutesPerRow / MinutePlan.Slots != minute) continue;
            var begins = part.Trades == 0;
            part = part with
            {
                Open = begins ? trade.Ticks : part.Open,
                High = begins ? trade.Ticks : Math.Max(part.High, trade.Ticks),
                Low = begins ? trade.Ticks : Math.Min(part.Low, trade.Ticks),
                Close = trade.Ticks,
                Volume = part.Volume + trade.Steps,
                TakerBuyVolume = part.TakerBuyVolume + (trade.IsBuy ? trade.Steps : 0),
                Trades = part.Trades + trade.Trades,
            };
        }

        var share = whole.Volume > 0 ? part.Volume / (double)whole.Volume : 0;
        return part with { QuoteVolume = whole.QuoteVolume * share, TakerBuyQuoteVolume = whole.TakerBuyQuoteVolume * share };
    }

    // Absent columns are made up: the wire has a number everywhere. Buyers then have more of a rising candle.
    private SourceMinute Whole(in ReplayRow row)
    {
        var (open, high, low, close) = (Ticks(row.Open), Ticks(row.High), Ticks(row.Low), Ticks(row.Close));
        var volume = (long)(row.Volume / Facts.StepSize);
        var quote = row.QuoteVolume ?? (double)(row.Volume * (row.High + row.Low + row.Close) / 3);
        var lean = high > low ? 0.5 + (0.25 * (close - open) / (high - low)) : 0.5;
        var bought = row.TakerBuyVolume is { } known ? Math.Min(volume, (long)(known / Facts.StepSize)) : (long)(volume * lean);
        var takerQuote = row.TakerBuyQuoteVolume ?? (volume > 0 ? quote * (bought / (double)volume) : 0);
        var trades = volume == 0 ? 0 : Math.Clamp(row.Trades ?? (TradesPerMinute * _minutesPerRow), 1, Math.Min(volume, int.MaxValue));
        return new(open, high, low, close, volume, bought, quote, takerQuote, (int)trades, OpenInterest: -1);
    }

    private long Ticks(decimal price) => (long)(price / Facts.TickSize);

    private static decimal Unit(int decimals) => new(1, 0, 0, isNegative: false, (byte)decimals);

    private static int Decimals(decimal value) => value.Scale == 0 ? 0 : MarketSymbol.DecimalsOf(value);
}
