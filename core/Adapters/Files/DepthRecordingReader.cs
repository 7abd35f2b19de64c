using System.Buffers;
using System.Text;

namespace FuturesBot.Adapters.Files;

/// <summary>
/// Reads the lines of a raw stream recording, plain or <c>.gz</c>: <c>&lt;nanoseconds&gt; &lt;message&gt;</c>, as a
/// recorder of web sockets writes them, a REST answer among them. The messages are not looked at.
/// </summary>
public sealed class DepthRecordingReader : IDisposable
{
    /// <summary>Longer lines are not read. A snapshot of 1,000 levels a side has 50 KB, the largest update 1 MB.</summary>
    public const int LineBytesMax = 1 << 22;

    private const int BufferBytesAtFirst = 1 << 16;

    private readonly KlineBytes _bytes;
    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(BufferBytesAtFirst);
    private int _start;
    private int _end;
    private bool _ended;
    private bool _isTooLong;

    /// <param name="path">Read from its beginning.</param>
    /// <exception cref="KlineFileException">The file cannot be opened.</exception>
    public DepthRecordingReader(string path) => _bytes = new(path, KlineLimits.Default);

    /// <summary>Number of the last line, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>When it was received, Unix nanoseconds by the recorder's clock; −1 when the line does not say.</summary>
    public long ReceivedNs { get; private set; } = -1;

    /// <summary>The next line's message, valid until the next call; empty for a line that is too long.</summary>
    /// <exception cref="KlineFileException">The file is damaged or cut short.</exception>
    public bool TryRead(out ReadOnlySpan<byte> message)
    {
        while (TryReadLine(out var line))
        {
            message = line.Trim(" \t\r"u8);
            if (message.IsEmpty && !_isTooLong) continue;   // nothing was said
            ReceivedNs = -1;
            TakeTime(ref message);
            return true;
        }

        message = default;
        return false;
    }

    public void Dispose()
    {
        _bytes.Dispose();
        if (_buffer is null) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }

    private void TakeTime(ref ReadOnlySpan<byte> message)
    {
        var space = message.IndexOf((byte)' ');
        if (space <= 0 || !long.TryParse(message[..space], out var time) || time < 0) return;
        ReceivedNs = time;
        message = message[(space + 1)..].TrimStart((byte)' ');
    }

    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        _isTooLong = false;
        while (true)
        {
            var waiting = _buffer.AsSpan(_start, _end - _start);
            var length = waiting.IndexOf((byte)'\n');
            if (length < 0 && !_ended)
            {
                Fill();
                continue;
            }

            line = length < 0 ? waiting : waiting[..length];
            if (length < 0 && line.IsEmpty && !_isTooLong) return false;
            _start += line.Length + (length < 0 ? 0 : 1);
            Line++;
            _isTooLong |= line.Length > LineBytesMax;
            if (_isTooLong) line = default;
            if (Line == 1 && line.StartsWith(Encoding.UTF8.Preamble)) line = line[3..];
            return true;
        }
    }

    /// <summary>Reads on; of a line that is too long the beginning is given up.</summary>
    private void Fill()
    {
        var waiting = _buffer.AsSpan(_start, _end - _start);
        if (waiting.Length > LineBytesMax)
        {
            _isTooLong = true;
            waiting = default;
        }

        var target = _buffer!;
        if (2 * waiting.Length > target.Length) target = ArrayPool<byte>.Shared.Rent(2 * target.Length);
        waiting.CopyTo(target);
        if (target != _buffer) ArrayPool<byte>.Shared.Return(_buffer!);
        (_buffer, _start, _end) = (target, 0, waiting.Length);
        var count = _bytes.Read(target.AsSpan(_end));
        _ended = count == 0;
        _end += count;
    }
}
