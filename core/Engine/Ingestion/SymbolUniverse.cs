using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>
/// The symbols that are followed. One that leaves is drained, not cut: as long as something of it is open, its data
/// are needed. Safe for use by several threads.
/// </summary>
/// <remarks>
/// BTC leads the market and its filter is asked by every other symbol: it is in whatever its volume. An answer of the
/// exchange without any symbol changes nothing: nobody drains hundreds of symbols because one answer was empty.
/// </remarks>
public sealed class SymbolUniverse
{
    private readonly Lock _gate = new();
    private readonly UniverseOptions _options;
    private readonly HashSet<string> _stable;
    private readonly HashSet<Symbol> _addedByHand, _removedByHand;
    private IReadOnlyDictionary<Symbol, double> _volumes = new Dictionary<Symbol, double>();
    private SortedDictionary<Symbol, ExchangeSymbol> _followed = new(BtcFirst), _draining = new(BtcFirst);

    public SymbolUniverse(UniverseOptions options)
    {
        _options = options;
        _stable = [.. Names(options.StableAssets)];
        _addedByHand = [.. SymbolsIn(options.Added)];
        _removedByHand = [.. SymbolsIn(options.Removed)];
    }

    /// <summary>BTC, then by ordinal: the order of all that walks over symbols.</summary>
    public static Comparer<Symbol> BtcFirst { get; } = Comparer<Symbol>.Create((x, y) =>
        x == y ? 0 : x == Symbol.Btc ? -1 : y == Symbol.Btc ? 1 : x.CompareTo(y));

    /// <summary>The names in a list of symbols that are none.</summary>
    public static IEnumerable<string> Unreadable(string list) => Names(list).Where(name => !Symbol.TryParse(name, out _));

    /// <summary>Follows a symbol from the next refresh on, whatever its volume.</summary>
    public void Add(Symbol symbol)
    {
        lock (_gate)
        {
            _removedByHand.Remove(symbol);
            _addedByHand.Add(symbol);
        }
    }

    /// <summary>Lets go of a symbol at the next refresh: it is drained.</summary>
    public void Remove(Symbol symbol)
    {
        lock (_gate)
        {
            _addedByHand.Remove(symbol);
            _removedByHand.Add(symbol);
        }
    }

    /// <summary>Takes back what was said of a symbol by hand.</summary>
    public void Forget(Symbol symbol)
    {
        lock (_gate)
        {
            _addedByHand.Remove(symbol);
            _removedByHand.Remove(symbol);
        }
    }

    /// <summary>Quote units of the last 24 hours, as of the last refresh; 0 when they are not known.</summary>
    public double VolumeOf(Symbol symbol) => Volatile.Read(ref _volumes).GetValueOrDefault(symbol);

    /// <summary>Takes what the exchange lists now.</summary>
    /// <param name="listed">Every contract.</param>
    /// <param name="quoteVolumes">Quote units of the last 24 hours.</param>
    /// <param name="isBusy">True while something of a symbol is open; asked for those that leave.</param>
    public UniverseChange Refresh(
        IReadOnlyList<ExchangeSymbol> listed, IReadOnlyDictionary<Symbol, double> quoteVolumes, Func<Symbol, bool> isBusy)
    {
        lock (_gate)
        {
            Volatile.Write(ref _volumes, quoteVolumes);
            if (listed.Count == 0) return new([.. _followed.Values], [], [.. _draining.Values], [], new Dictionary<Symbol, string>());
            var excluded = new Dictionary<Symbol, string>();
            var wanted = new SortedDictionary<Symbol, ExchangeSymbol>(BtcFirst);
            foreach (var one in listed.DistinctBy(one => one.Symbol))
            {
                if (ReasonAgainst(one, quoteVolumes) is { } reason) excluded[one.Symbol] = reason;
                else wanted[one.Symbol] = one;
            }

            foreach (var one in BeyondTheMost(wanted, quoteVolumes))
            {
                wanted.Remove(one);
                excluded[one] = $"{_options.SymbolsMax} symbols with more volume are followed";
            }

            return Take(wanted, excluded, isBusy);
        }
    }

    private UniverseChange Take(
        SortedDictionary<Symbol, ExchangeSymbol> wanted, Dictionary<Symbol, string> excluded, Func<Symbol, bool> isBusy)
    {
        var added = wanted.Values.Where(one => !_followed.ContainsKey(one.Symbol)).ToArray();
        var draining = new SortedDictionary<Symbol, ExchangeSymbol>(BtcFirst);
        var left = new List<Symbol>();
        foreach (var one in _followed.Values.Concat(_draining.Values).Where(one => !wanted.ContainsKey(one.Symbol)))
        {
            if (isBusy(one.Symbol)) draining[one.Symbol] = one;
            else left.Add(one.Symbol);
            excluded.TryAdd(one.Symbol, "the exchange does not list it any more");
        }

        (_followed, _draining) = (wanted, draining);
        return new([.. wanted.Values], added, [.. draining.Values], left, excluded);
    }

    private string? ReasonAgainst(ExchangeSymbol one, IReadOnlyDictionary<Symbol, double> quoteVolumes)
    {
        if (_removedByHand.Contains(one.Symbol)) return "removed by hand";
        if (one.QuoteAsset != _options.QuoteAsset) return $"quoted in {one.QuoteAsset}";
        if (one.ContractType != "PERPETUAL") return $"contract type {one.ContractType}";
        if (one.UnderlyingType != "COIN") return $"underlying type {one.UnderlyingType}";
        if (one.Status != "TRADING") return $"status {one.Status}";
        if (one.Symbol == Symbol.Btc || _addedByHand.Contains(one.Symbol)) return null;
        if (_stable.Contains(one.BaseAsset)) return $"{one.BaseAsset} holds its price";
        if (!quoteVolumes.TryGetValue(one.Symbol, out var volume) || !double.IsFinite(volume))
            return _followed.ContainsKey(one.Symbol) ? null : "its volume is not known";
        return volume < _options.QuoteVolumeMin
            ? FormattableString.Invariant($"{volume / 1e6:0.##} M traded in 24 hours, {_options.QuoteVolumeMin / 1e6:0.##} M are needed")
            : null;
    }

    private List<Symbol> BeyondTheMost(
        SortedDictionary<Symbol, ExchangeSymbol> wanted, IReadOnlyDictionary<Symbol, double> quoteVolumes) =>
        [.. wanted.Keys
            .OrderByDescending(symbol => symbol == Symbol.Btc || _addedByHand.Contains(symbol))
            .ThenByDescending(symbol => quoteVolumes.TryGetValue(symbol, out var volume) ? volume : double.NegativeInfinity)
            .ThenBy(symbol => symbol)
            .Skip(_options.SymbolsMax)];

    private static string[] Names(string list) =>
        list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static IEnumerable<Symbol> SymbolsIn(string list) => Names(list).Where(name => Symbol.TryParse(name, out _)).Select(Symbol.Parse);
}
