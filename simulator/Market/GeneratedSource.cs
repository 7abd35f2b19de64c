using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>The minutes of a <see cref="GeneratedMarket"/>: the same candles, to the bit.</summary>
public sealed class GeneratedSource : IMinuteSource
{
    private readonly GeneratedMarket _market;
    private readonly MarketSymbol[] _symbols;
    private readonly SymbolScale[] _scales;
    private readonly Candle[] _closed;
    private readonly double[] _interest;

    /// <param name="seed">Any number.</param>
    /// <param name="startMs">Open of the first minute, Unix milliseconds.</param>
    /// <param name="symbols">The leader first; null for <see cref="GeneratedSymbols.Twelve"/> in their ordinary form.</param>
    public GeneratedSource(long seed, long startMs, IReadOnlyList<ListedSymbol>? symbols = null)
    {
        symbols ??= [.. GeneratedSymbols.Twelve.Select(shape => ListedSymbol.Of(shape))];
        var shapes = symbols.Select(symbol => symbol.Shape).ToArray();
        _market = new(seed, startMs, shapes);
        _symbols = [.. symbols.Select(symbol => symbol.Facts)];
        _scales = [.. shapes.Select(SymbolScale.Of)];
        _closed = new Candle[shapes.Length];
        _interest = new double[shapes.Length];
    }

    public IReadOnlyList<MarketSymbol> Symbols => _symbols;

    public long Seed => _market.Seed;

    public long NextMinuteMs => _market.MinuteOpenMs;

    public long? EndMs => null;

    public bool TryRead(Span<SourceMinute> minutes)
    {
        for (var i = 0; i < _interest.Length; i++) _interest[i] = _market.OpenInterest(i);
        _market.Advance(_closed);
        for (var i = 0; i < _closed.Length; i++)
        {
            ref readonly var bar = ref _closed[i];
            var listed = bar.OpenTimeMs >= _symbols[i].OnboardMs && bar.OpenTimeMs < _symbols[i].DeliveryMs;
            if (listed) minutes[i] = Minute(bar, _scales[i], _interest[i]);
        }

        return true;
    }

    public void Dispose()
    {
        // Nothing is held open: the market is arithmetic.
    }

    private static SourceMinute Minute(in Candle bar, in SymbolScale scale, double interest)
    {
        var (perTick, perStep) = (scale.TicksPerUnit, scale.StepsPerUnit);
        return new(
            Whole(bar.Open * perTick), Whole(bar.High * perTick), Whole(bar.Low * perTick), Whole(bar.Close * perTick),
            Whole(bar.Volume * perStep), Whole(bar.TakerBuyVolume * perStep),
            bar.QuoteVolume, bar.QuoteVolume * (bar.TakerBuyVolume / bar.Volume), (int)bar.Trades, Whole(interest * perStep));
    }

    private static long Whole(double value) => (long)Math.Round(value);
}
