using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>
/// Minutes from a folder of kline files in the layout of the public archive. Of each symbol the shortest interval is read; files stream,
/// so that memory does not grow with them.
/// </summary>
/// <remarks>
/// Candles longer than a minute are split into minutes that add up to them; these, and the number of trades and the takers' share
/// where a file leaves them empty, are made up from the seed. Minutes that the files lack have no candle. Open interest is not known.
/// </remarks>
public sealed class KlineReplaySource : IMinuteSource
{
    private const int FaultsKept = 100;
    private const long DayMs = 86_400_000;

    private readonly List<ReplaySeries> _series = [];
    private readonly List<string> _faults = [];

    /// <param name="folder">Searched with its subfolders.</param>
    /// <param name="options">Null for everything.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="InvalidDataException">No kline file that can be replayed, or a damaged one.</exception>
    public KlineReplaySource(string folder, KlineReplayOptions? options = null)
    {
        options ??= new();
        var bySymbol = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(ReplayFile.FromName)
            .OfType<ReplayFile>()
            .Where(file => file.Interval <= KlineInterval.D1 && options.Symbols?.Contains(file.Symbol) != false)
            .GroupBy(file => file.Symbol)
            .OrderByDescending(files => files.Key == Symbol.Btc).ThenBy(files => files.Key);
        foreach (var files in bySymbol)
        {
            var shortest = files.Min(file => file.Interval);
            _series.Add(new(_series.Count, [.. files.Where(file => file.Interval == shortest)], options, Report));
        }

        if (_series.Count == 0) throw new InvalidDataException($"{folder} holds no kline files such as BTCUSDT-1m-2025-10.zip");
        EndMs = _series.Max(series => series.EndMs);
        Symbols = [.. _series.Select(FactsOf)];
        Seed = options.Seed;
        NextMinuteMs = _series.Min(series => series.FirstMs) / KlineMath.MinuteMs * KlineMath.MinuteMs;
    }

    /// <summary>BTCUSDT first, if it is there, then by name.</summary>
    public IReadOnlyList<MarketSymbol> Symbols { get; }

    public long Seed { get; }

    public long NextMinuteMs { get; private set; }

    public long? EndMs { get; }

    /// <summary>Rows so far that were left out.</summary>
    public long RowsLeftOut { get; private set; }

    /// <summary>The first hundred of them: file, line and reason.</summary>
    public IReadOnlyList<string> Faults => _faults;

    public bool TryRead(Span<SourceMinute> minutes)
    {
        if (NextMinuteMs >= EndMs) return false;
        for (var i = 0; i < _series.Count; i++) minutes[i] = _series[i].Read(NextMinuteMs);
        NextMinuteMs += KlineMath.MinuteMs;
        return true;
    }

    public void Dispose()
    {
        foreach (var series in _series) series.Dispose();
    }

    // A symbol whose files end days before the others' was delivered then.
    private MarketSymbol FactsOf(ReplaySeries series) =>
        series.EndMs < EndMs - DayMs ? series.Facts with { DeliveryMs = series.EndMs } : series.Facts;

    private void Report(string fault)
    {
        RowsLeftOut++;
        if (_faults.Count < FaultsKept) _faults.Add(fault);
    }
}
