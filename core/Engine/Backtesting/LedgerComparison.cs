using System.Buffers;
using System.Text;

namespace FuturesBot.Engine.Backtesting;

/// <summary>
/// Takes a ledger that is being written and holds it, byte by byte, against a recorded one. Stops looking at
/// the first line that differs.
/// </summary>
internal sealed class LedgerComparison(Stream recorded, Action onDifference) : Stream
{
    private readonly ArrayBufferWriter<byte> _line = new();   // of the line under way, alike so far
    private byte[] _buffer = new byte[1 << 16];
    private string? _recordedLine;
    private bool _differs;
    private long _lines;

    /// <summary>The first line that differs, once it is known in both versions.</summary>
    public ReplayDifference? First { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (First is not null) return;
        if (!_differs)
        {
            if (_buffer.Length < buffer.Length) _buffer = new byte[buffer.Length];
            var expected = _buffer.AsSpan(0, recorded.ReadAtLeast(
                _buffer.AsSpan(0, buffer.Length), buffer.Length, throwOnEndOfStream: false));
            var alike = buffer.CommonPrefixLength(expected);
            Agree(buffer[..alike]);
            if (alike == buffer.Length) return;
            _differs = true;
            _recordedLine = RestOfRecorded(expected[alike..]);
            buffer = buffer[alike..];
        }

        var end = buffer.IndexOf((byte)'\n');
        _line.Write(end < 0 ? buffer : buffer[..end]);
        if (end >= 0) Found(Text(_line.WrittenSpan));
    }

    /// <summary>To be called when nothing more is written.</summary>
    public ReplayVerdict Finish()
    {
        if (First is null && _differs) Found(Text(_line.WrittenSpan));
        if (First is null && RestOfRecorded([]) is { } more)
        {
            _recordedLine = more;
            Found(_line.WrittenCount > 0 ? Text(_line.WrittenSpan) : null);
        }

        return new(_lines, First);
    }

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static string Text(ReadOnlySpan<byte> line) => Encoding.UTF8.GetString(line);

    private void Agree(ReadOnlySpan<byte> alike)
    {
        _lines += alike.Count((byte)'\n');
        var last = alike.LastIndexOf((byte)'\n');
        if (last >= 0) _line.ResetWrittenCount();
        _line.Write(alike[(last + 1)..]);
    }

    /// <summary>The recorded version of the line under way; null when the ledger ends before it.</summary>
    private string? RestOfRecorded(ReadOnlySpan<byte> read)
    {
        var line = new ArrayBufferWriter<byte>();
        line.Write(_line.WrittenSpan);
        var end = read.IndexOf((byte)'\n');
        line.Write(end < 0 ? read : read[..end]);
        for (var next = 0; end < 0 && (next = recorded.ReadByte()) >= 0 && next != '\n';)
            line.Write([(byte)next]);
        return line.WrittenCount > 0 ? Text(line.WrittenSpan) : null;
    }

    private void Found(string? replayed)
    {
        First = new(_lines + 1, _recordedLine, replayed);
        onDifference();
    }
}
