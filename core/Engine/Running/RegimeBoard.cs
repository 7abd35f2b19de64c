using FuturesBot.Domain.Analysis;

namespace FuturesBot.Engine.Running;

/// <summary>Since when each symbol's regime holds.</summary>
public sealed class RegimeBoard
{
    private readonly SortedDictionary<string, Entry> _symbols = new(StringComparer.Ordinal);

    /// <summary>A regime changed since the last <see cref="Saved"/>.</summary>
    public bool HasNews { get; private set; }

    public IReadOnlyCollection<Entry> Symbols => _symbols.Values;

    /// <summary>Takes the reading at a closing time; what it was before when it is another one now.</summary>
    public string? Read(string symbol, RegimeReading reading, long closeMs)
    {
        var label = LabelOf(reading);
        if (!_symbols.TryGetValue(symbol, out var before))
        {
            _symbols[symbol] = new(symbol, label, SinceMs: null);   // it may have begun long before
            HasNews = true;
            return null;
        }

        if (before.Label == label) return null;
        _symbols[symbol] = new(symbol, label, closeMs);
        HasNews = true;
        return before.Label;
    }

    public long? SinceMs(string symbol) => _symbols.TryGetValue(symbol, out var entry) ? entry.SinceMs : null;

    public void Saved() => HasNews = false;

    public void Restore(IEnumerable<Entry> entries)
    {
        _symbols.Clear();
        foreach (var entry in entries) _symbols[entry.Symbol] = entry;
    }

    /// <summary>Label with direction, such as <c>TREND up</c>.</summary>
    public static string LabelOf(RegimeReading reading) => LabelOf(reading.Label.ToString(), reading.Direction);

    /// <summary>The same of a stored regime, such as <c>Trend</c>.</summary>
    public static string LabelOf(string regime, Bias direction) => regime.ToUpperInvariant()
        + (regime != nameof(MarketRegime.Trend) ? "" : direction == Bias.Bullish ? " up" : " down");

    /// <param name="SinceMs">Null while it is the first that was seen.</param>
    public sealed record Entry(string Symbol, string Label, long? SinceMs);
}
