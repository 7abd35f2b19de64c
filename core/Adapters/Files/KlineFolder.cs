using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Files;

/// <summary>
/// A folder of kline files, flat or laid out as Binance Vision does, as a source of candles. Nothing is
/// loaded: each series streams from its files, so memory does not grow with the length of the data.
/// </summary>
/// <remarks>
/// Not for use by several threads at once; the readers it opens are independent of each other.
/// </remarks>
public sealed class KlineFolder : ICandleSource
{
    private const int DepthMax = 12;   // Vision needs 7; a link that leads in circles ends here

    private readonly KlineFolderOptions _options;
    private readonly SortedDictionary<SeriesInfo, List<string>> _files;
    private readonly Dictionary<Symbol, FoundRules?> _rules = [];

    private KlineFolder(
        KlineFolderOptions options,
        SortedDictionary<SeriesInfo, List<string>> files,
        List<SkippedFile> skipped)
    {
        _options = options;
        _files = files;
        Skipped = skipped;
        Series = [.. files.Keys];
    }

    /// <inheritdoc/>
    public IReadOnlyList<SeriesInfo> Series { get; }

    /// <summary>Files whose name says no symbol and time frame that we know; sorted by path.</summary>
    public IReadOnlyList<SkippedFile> Skipped { get; }

    /// <summary>Finds the kline files; opens none.</summary>
    /// <param name="path">A folder, searched with its subfolders, or one file.</param>
    /// <param name="options">What to read; everything when null.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder or file.</exception>
    public static KlineFolder Scan(string path, KlineFolderOptions? options = null)
    {
        options ??= new();
        var files = new SortedDictionary<SeriesInfo, List<string>>(BySymbolThenFrame);
        var skipped = new List<SkippedFile>();
        foreach (var file in Find(path).Where(KlineFileName.IsReadable).Order(StringComparer.Ordinal))
        {
            if (!KlineFileName.TryParse(file, out var series))
            {
                skipped.Add(new(
                    file, "neither its name nor its folders say symbol and time frame (SYMBOL-15m….csv)"));
                continue;
            }

            if (options.Symbols is { } wanted && !wanted.Contains(series!.Symbol)) continue;
            if (!files.TryGetValue(series!, out var list)) files.Add(series!, list = []);
            list.Add(file);
        }

        return new(options, files, skipped);
    }

    /// <summary>The files of a series, by path.</summary>
    public IReadOnlyList<string> FilesOf(SeriesInfo series) => Known(series);

    /// <inheritdoc/>
    public ICandleReader Open(SeriesInfo series) => new KlineSeriesReader(Known(series), series, _options);

    /// <inheritdoc/>
    /// <remarks>
    /// Without exchangeInfo the tick is the greatest decimal step that divides all prices in all files of
    /// the symbol (spec 2.17): the same files give the same tick, whatever part of them a run reads.
    /// </remarks>
    public FoundRules? RulesOf(Symbol symbol)
    {
        if (_options.Rules?.TryGetValue(symbol, out var stated) == true)
            return new(stated, RulesOrigin.ExchangeInfo);
        if (_rules.TryGetValue(symbol, out var known)) return known;
        var tick = _files.Where(entry => entry.Key.Symbol == symbol)
            .SelectMany(entry => entry.Value, (entry, file) => TickOf(file, entry.Key))
            .Where(size => size > 0)
            .DefaultIfEmpty(0m)
            .Min();
        return _rules[symbol] = tick > 0 ? new(SymbolRules.FromTick(tick), RulesOrigin.Prices) : null;
    }

    private static Comparer<SeriesInfo> BySymbolThenFrame { get; } = Comparer<SeriesInfo>.Create((x, y) =>
        x.Symbol != y.Symbol ? x.Symbol.CompareTo(y.Symbol) : x.Frame.CompareTo(y.Frame));

    private static IEnumerable<string> Find(string path)
    {
        if (File.Exists(path)) return [path];
        if (!Directory.Exists(path))
            throw new DirectoryNotFoundException($"There is no folder or file '{path}'");
        return Directory.EnumerateFiles(path, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            MaxRecursionDepth = DepthMax,
            AttributesToSkip = FileAttributes.None,
        });
    }

    private decimal TickOf(string file, SeriesInfo series)
    {
        // Refused rows are reported when the candles are read, once.
        using var reader = new KlineFileReader(file, series, onRefused: null, _options.Limits);
        while (reader.TryRead(out _))
        {
        }

        return reader.TickSize;
    }

    private List<string> Known(SeriesInfo series) =>
        _files.TryGetValue(series, out var files)
            ? files
            : throw new ArgumentException($"There are no files of {series}", nameof(series));
}
