using System.Buffers;
using System.Text;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Files;

/// <summary>
/// Reads one kline file in the Binance layout: 12 columns, with or without a header, milliseconds or
/// microseconds. A row that is not a whole, possible, later candle is refused and reported; nothing is
/// repaired. Streams through one pooled buffer, without an allocation per row.
/// </summary>
public sealed class KlineFileReader : ICandleReader
{
    private const int BufferBytes = 1 << 16;
    private const int TextMax = 160;

    private readonly SeriesInfo _series;
    private readonly Action<KlineRowError>? _onRefused;
    private readonly KlineBytes _bytes;
    private readonly int _lineBytesMax;
    private byte[]? _buffer;
    private int _start;
    private int _end;
    private bool _ended;
    private long _line;
    private long _rows;
    private long _refused;
    private Candle _last = new(long.MinValue, 0, 0, 0, 0, 0);
    private long _lastLine;
    private KlineRow _row;

    /// <param name="path">A <c>.csv</c>, <c>.csv.gz</c> or <c>.zip</c>.</param>
    /// <param name="series">Whose candles the file holds.</param>
    /// <param name="onRefused">Called for each refused row, in the order of the lines.</param>
    /// <param name="limits">Bounds; the default ones when null.</param>
    /// <exception cref="KlineFileException">The file cannot be opened or is no archive of its
    /// kind.</exception>
    public KlineFileReader(
        string path, SeriesInfo series, Action<KlineRowError>? onRefused = null, KlineLimits? limits = null)
        : this(path, series, onRefused, limits, BufferBytes)
    {
    }

    internal KlineFileReader(
        string path, SeriesInfo series, Action<KlineRowError>? onRefused, KlineLimits? limits,
        int bufferBytes)
    {
        Path = path;
        _series = series;
        _onRefused = onRefused;
        _row = new(series.Frame);
        _lineBytesMax = (limits ?? KlineLimits.Default).LineBytesMax;
        _bytes = new(path, limits ?? KlineLimits.Default);
        _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(bufferBytes, _lineBytesMax * 2));
    }

    public string Path { get; }

    /// <summary>Line of the last candle, counted from 1.</summary>
    public long Line => _lastLine;

    public ReadCounts Counts => new(_rows, _refused, Duplicates: 0, Conflicts: 0);

    /// <summary>
    /// The greatest decimal step that divides all prices read so far (spec 2.17); 0 before the first row.
    /// </summary>
    public decimal TickSize => _row.Tick.Size;

    /// <inheritdoc/>
    /// <exception cref="KlineFileException">The file is damaged, cut short, or beyond a limit.</exception>
    public bool TryRead(out Candle candle)
    {
        while (TryReadLine(out var line))
        {
            if (_line == 1 && IsHeader(ref line)) continue;
            _rows++;
            if (!_row.TryParse(line, out candle))
            {
                _refused++;
                if (_onRefused is not null) Report(_row.Explain(line), line);
                continue;
            }

            if (candle.OpenTimeMs <= _last.OpenTimeMs)
            {
                _refused++;
                if (_onRefused is not null) Report(Unordered(candle), line);
                continue;
            }

            _row.Accept();
            _last = candle;
            _lastLine = _line;
            return true;
        }

        candle = default;
        return false;
    }

    public void Dispose()
    {
        _bytes.Dispose();
        if (_buffer is null) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }

    private static bool IsHeader(ref ReadOnlySpan<byte> line)
    {
        if (line.StartsWith(Encoding.UTF8.Preamble)) line = line[3..];
        return line.Length > 0 && char.IsAsciiLetter((char)line[0]);
    }

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        while (true)
        {
            var waiting = _buffer.AsSpan(_start, _end - _start);
            var length = waiting.IndexOf((byte)'\n');
            if (length >= 0 || (_ended && waiting.Length > 0))
            {
                line = length >= 0 ? waiting[..length] : waiting;
                _start += line.Length + (length >= 0 ? 1 : 0);
                _line++;
                if (line.Length > 0 && line[^1] == '\r') line = line[..^1];
                return true;
            }

            if (_ended)
            {
                line = default;
                return false;
            }

            if (waiting.Length > _lineBytesMax) SkipLongLine();
            else Fill();
        }
    }

    private void Fill()
    {
        var waiting = _buffer.AsSpan(_start, _end - _start);
        waiting.CopyTo(_buffer);
        (_start, _end) = (0, waiting.Length);
        var count = _bytes.Read(_buffer.AsSpan(_end));
        _ended = count == 0;
        _end += count;
    }

    /// <summary>A row beyond the limit is refused as a whole, however long it is.</summary>
    private void SkipLongLine()
    {
        _line++;
        _rows++;
        _refused++;
        Report($"the row is longer than {_lineBytesMax} bytes", _buffer.AsSpan(_start, TextMax));
        while (true)
        {
            var length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                _start += length + 1;
                return;
            }

            _start = _end;
            if (_ended) return;
            Fill();
        }
    }

    private string Unordered(in Candle candle)
    {
        if (candle.OpenTimeMs < _last.OpenTimeMs)
            return $"open_time {candle.OpenTimeMs} is before "
                + $"{_last.OpenTimeMs} of line {_lastLine}: out of order";
        return candle.Equals(_last)
            ? $"the same candle stands in line {_lastLine}: duplicate"
            : $"open_time {candle.OpenTimeMs} stands in line {_lastLine} with other values: conflict";
    }

    private void Report(string reason, ReadOnlySpan<byte> line) =>
        _onRefused?.Invoke(new(Path, _line, reason, Printable(line)));

    /// <summary>Never puts a control character of a file on a terminal.</summary>
    internal static string Printable(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, TextMax)]).ToCharArray();
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i])) text[i] = '�';
        }

        return new(text);
    }
}
