using System.Collections.Concurrent;
using FuturesBot.Adapters.Files;
using FuturesBot.Dashboard;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Local.Backtests;

/// <summary>
/// What there is below the data root. Names are listed at once; spans need the files to be read, which happens
/// in the background, once per file and change of it.
/// </summary>
internal sealed class DataSurvey(DataRoot root) : IDisposable
{
    private const int FoldersMax = 100;
    private const int Depth = 2;   // Vision's tree goes deeper, but a run names its top
    private const int SpansMax = 20_000;

    private readonly ConcurrentDictionary<string, Span> _spans = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ends = new();
    private readonly Lock _gate = new();
    private Task _reading = Task.CompletedTask;

    public BacktestDataView Read()
    {
        var folders = new List<BacktestFolderView>();
        var truncated = false;
        var unknown = new List<(KlineFolder Folder, SeriesInfo Series)>();
        foreach (var data in Candidates())
        {
            if (folders.Count == FoldersMax)
            {
                truncated = true;
                break;
            }

            if (root.Resolve(data, out var why) is not { } path)
            {
                folders.Add(new(data, why, []));
                continue;
            }

            var found = KlineFolder.Scan(path);
            if (found.Series.Count == 0) continue;
            folders.Add(new(data, Fault: null, [.. found.Series.Select(series => Of(found, series, unknown))]));
        }

        if (unknown.Count > 0) ReadSpans(unknown);
        return new(
            root.Name, root.IsThere, truncated, unknown.Count > 0, folders, ["default", "seed"], StrategyCatalog.Names, ["off", "lean", "full"]);
    }

    /// <summary>First open and last close of all series that a run reads; null when none can be read.</summary>
    public (long FromMs, long ToMs)? SpanOf(KlineFolder folder, IReadOnlyList<Symbol> symbols, CancellationToken cancel)
    {
        (long FromMs, long ToMs)? whole = null;
        foreach (var series in folder.Series.Where(series => symbols.Count == 0 || symbols.Contains(series.Symbol)))
        {
            if (Known(folder, series, cancel) is not { FromMs: { } from, ToMs: { } to }) continue;
            whole = whole is { } so ? (Math.Min(so.FromMs, from), Math.Max(so.ToMs, to)) : (from, to);
        }

        return whole;
    }

    public void Dispose()
    {
        _ends.Cancel();
        _reading.ContinueWith(_ => { }, TaskScheduler.Default).Wait(TimeSpan.FromSeconds(5));
        _ends.Dispose();
    }

    private IEnumerable<string> Candidates()
    {
        if (!root.IsThere) yield break;
        yield return "";
        var level = new List<string> { "" };
        for (var depth = 0; depth < Depth; depth++)
        {
            var next = new List<string>();
            foreach (var data in level)
            {
                var path = Path.Combine(root.FullPath, data);
                foreach (var folder in new DirectoryInfo(path).EnumerateDirectories().OrderBy(folder => folder.Name, StringComparer.Ordinal).Take(FoldersMax + 1))
                {
                    var below = data.Length == 0 ? folder.Name : $"{data}/{folder.Name}";
                    yield return below;
                    if (folder.LinkTarget is null) next.Add(below);
                }
            }

            level = next;
        }
    }

    private BacktestSeriesView Of(KlineFolder folder, SeriesInfo series, List<(KlineFolder, SeriesInfo)> unknown)
    {
        var files = folder.FilesOf(series).Count;
        if (_spans.TryGetValue(KeyOf(folder, series), out var span))
            return new(series.Symbol, series.Frame, files, span.FromMs, span.ToMs, span.Candles);
        unknown.Add((folder, series));
        return new(series.Symbol, series.Frame, files, FromMs: null, ToMs: null, Candles: null);
    }

    private void ReadSpans(List<(KlineFolder Folder, SeriesInfo Series)> unknown)
    {
        lock (_gate)
        {
            if (!_reading.IsCompleted) return;   // what it does not cover is asked for again
            var cancel = _ends.Token;
            _reading = Task.Factory.StartNew(
                () =>
                {
                    foreach (var (folder, series) in unknown)
                    {
                        if (cancel.IsCancellationRequested) return;
                        Known(folder, series, cancel);
                    }
                },
                cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    private Span Known(KlineFolder folder, SeriesInfo series, CancellationToken cancel)
    {
        var key = KeyOf(folder, series);
        if (_spans.TryGetValue(key, out var known)) return known;
        var span = ReadSpan(folder, series, cancel);
        if (_spans.Count >= SpansMax) _spans.Clear();   // files that changed often; they are read again when asked for
        return _spans[key] = span;
    }

    private static Span ReadSpan(KlineFolder folder, SeriesInfo series, CancellationToken cancel)
    {
        try
        {
            using var reader = folder.Open(series);
            long? from = null, to = null;
            var candles = 0L;
            while (reader.TryRead(out var candle))
            {
                if ((++candles & 0xFFFF) == 0) cancel.ThrowIfCancellationRequested();
                from ??= candle.OpenTimeMs;
                to = candle.OpenTimeMs + series.Frame.Ms();
            }

            return new(from, to, candles);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return new(FromMs: null, ToMs: null, Candles: 0);   // shown as a series without a span; a run says why
        }
    }

    private static string KeyOf(KlineFolder folder, SeriesInfo series) => string.Join('|', folder.FilesOf(series).Select(file =>
    {
        var info = new FileInfo(file);
        return FormattableString.Invariant($"{file}:{(info.Exists ? info.Length : -1)}:{(info.Exists ? info.LastWriteTimeUtc.Ticks : 0)}");
    }));

    private sealed record Span(long? FromMs, long? ToMs, long Candles);
}
