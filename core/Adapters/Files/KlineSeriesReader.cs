using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Files;

/// <summary>
/// The files of one series as one reader in the order of time. Files may overlap, as monthly and daily
/// archives do: the same candle once more is skipped and counted, another candle of the same time is
/// refused. Only files that overlap are open at the same time.
/// </summary>
public sealed class KlineSeriesReader : ICandleReader
{
    private const int PeekBytes = 1 << 12;

    private readonly SeriesInfo _series;
    private readonly KlineFolderOptions _options;
    private readonly Queue<Pending> _pending = new();
    private readonly List<Cursor> _open = [];
    private readonly long _openTimeLastMs;   // candles that open later close after the end asked for
    private long _pendingFromMs;
    private ReadCounts _counts;              // of files already closed, and of overlaps
    private Candle _last = new(long.MinValue, 0, 0, 0, 0, 0);
    private string _lastFile = "";
    private bool _ended;

    internal KlineSeriesReader(IReadOnlyList<string> files, SeriesInfo series, KlineFolderOptions options)
    {
        _series = series;
        _options = options;
        _openTimeLastMs = options.ToMs == long.MaxValue ? long.MaxValue : options.ToMs - series.Frame.Ms();
        var all = files.Count == 1
            ? [new(files[0], long.MinValue)]
            : files.Select(file => new Pending(file, FirstOpenMs(file)))
                .OrderBy(file => file.FirstOpenMs).ToArray();
        foreach (var file in all) _pending.Enqueue(file);
        _pendingFromMs = _pending.Peek().FirstOpenMs;
    }

    /// <inheritdoc/>
    public ReadCounts Counts
    {
        get
        {
            var sum = _counts;
            foreach (var cursor in _open) sum += cursor.Reader.Counts;
            return sum;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="KlineFileException">A file is damaged, cut short, or beyond a limit.</exception>
    public bool TryRead(out Candle candle)
    {
        while (!_ended && TryNext(out var cursor))
        {
            candle = cursor.Waiting;
            var file = cursor.Reader;
            var line = file.Line;
            Advance(cursor);
            if (candle.OpenTimeMs == _last.OpenTimeMs)
            {
                Overlap(candle, file.Path, line);
                continue;
            }

            _last = candle;
            _lastFile = file.Path;
            if (candle.OpenTimeMs < _options.FromMs) continue;
            if (candle.OpenTimeMs > _openTimeLastMs) break;
            return true;
        }

        Close();
        candle = default;
        return false;
    }

    public void Dispose() => Close();

    /// <summary>
    /// The open file whose next candle is the earliest; files whose turn it is are opened first.
    /// </summary>
    private bool TryNext(out Cursor next)
    {
        if (_open.Count == 1 && _pendingFromMs > _open[0].Waiting.OpenTimeMs)
        {
            next = _open[0];
            return true;
        }

        while (true)
        {
            // The first of equals: the earlier file.
            next = _open.MinBy(cursor => cursor.Waiting.OpenTimeMs)!;
            if (_pending.Count == 0) return next is not null;
            if (next is not null && _pendingFromMs > next.Waiting.OpenTimeMs) return true;

            var cursor = new Cursor(
                new(_pending.Dequeue().File, _series, _options.OnRefused, _options.Limits));
            _pendingFromMs = _pending.Count > 0 ? _pending.Peek().FirstOpenMs : long.MaxValue;
            _open.Add(cursor);
            Advance(cursor);
        }
    }

    private void Advance(Cursor cursor)
    {
        if (cursor.Reader.TryRead(out cursor.Waiting)) return;
        _counts += cursor.Reader.Counts;
        cursor.Reader.Dispose();
        _open.Remove(cursor);
    }

    private void Overlap(in Candle candle, string file, long line)
    {
        if (candle.Equals(_last))
        {
            _counts += new ReadCounts(0, 0, Duplicates: 1, 0);
            return;
        }

        _counts += new ReadCounts(0, Refused: 1, 0, Conflicts: 1);
        _options.OnRefused?.Invoke(new(
            file,
            line,
            $"open_time {candle.OpenTimeMs} stands in {_lastFile} with other values: conflict",
            candle.ToString()));
    }

    private long FirstOpenMs(string file)
    {
        using var reader = new KlineFileReader(file, _series, onRefused: null, _options.Limits, PeekBytes);
        return reader.TryRead(out var first) ? first.OpenTimeMs : long.MinValue;
    }

    private void Close()
    {
        _ended = true;
        foreach (var cursor in _open)
        {
            _counts += cursor.Reader.Counts;
            cursor.Reader.Dispose();
        }

        _open.Clear();
        _pending.Clear();
    }

    private readonly record struct Pending(string File, long FirstOpenMs);

    private sealed class Cursor(KlineFileReader reader)
    {
        public readonly KlineFileReader Reader = reader;
        public Candle Waiting;
    }
}
