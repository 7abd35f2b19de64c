using System.Buffers;

namespace FuturesBot.Engine.Ledger;

/// <summary>
/// A ledger whose lines travel with the commits of the store, for stores that append and never cut back: what was written since the last
/// commit waits here, day by day, and is gone with the process that dies before the commit. Lines are numbered and hashed as those of a
/// file are.
/// </summary>
/// <remarks>Used by one thread at a time, as a ledger's writer is.</remarks>
public sealed class LedgerPieceStream : Stream
{
    private readonly List<(DateOnly Day, long From, ArrayBufferWriter<byte> Lines)> _unsaved = [];
    private readonly List<DayRoot> _roots = [];
    private LedgerDay? _day;
    private long _position;

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    /// <summary>Whatever the store says is there: the store itself looks after it.</summary>
    public override long Length => long.MaxValue;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    /// <summary>How far the newest day reaches; null before the first line.</summary>
    public LedgerDay? Day => _day;

    /// <summary>What waits for its commit, in order.</summary>
    public IReadOnlyList<LedgerPiece> Unsaved =>
        [.. _unsaved.Where(piece => piece.Lines.WrittenCount > 0).Select(piece => new LedgerPiece(piece.Day, piece.From, piece.Lines.WrittenSpan.ToArray()))];

    /// <summary>Days that ended since the last commit.</summary>
    public IReadOnlyList<DayRoot> UnsavedRoots => [.. _roots];

    /// <summary>Goes on behind what is committed.</summary>
    public void Resume(LedgerDay? day) => _day = day;

    /// <summary>
    /// What is written from here on belongs to a day; a day before the present one changes nothing, so that a late line stays in order.
    /// </summary>
    /// <param name="day">The UTC day.</param>
    /// <param name="last">The last line so far; all of it has been written to this stream.</param>
    public void Turn(DateOnly day, LedgerPosition last)
    {
        if (_day is { } present)
        {
            if (day <= present.Day) return;
            if (present.Bytes > 0) _roots.Add(new(present.Day, present.FirstSeq, last.Seq, present.Bytes, last.Hash));
        }

        _day = new(day, 0, last.Seq + 1);
    }

    /// <summary>What waited is committed.</summary>
    public void Saved()
    {
        _unsaved.Clear();
        _roots.Clear();
    }

    public override void Flush()
    {
        // It waits for the commit.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Lines that wait for their commit are not read");

    public override long Seek(long offset, SeekOrigin origin) => origin == SeekOrigin.Begin ? _position = offset : _position;

    public override void SetLength(long value) => _position = value;

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (buffer.IsEmpty) return;
        var day = _day ?? throw new InvalidOperationException("Which day a line belongs to was not said");
        if (_unsaved.Count == 0 || _unsaved[^1].Day != day.Day) _unsaved.Add((day.Day, day.Bytes, new()));
        _unsaved[^1].Lines.Write(buffer);
        _day = day with { Bytes = day.Bytes + buffer.Length };
        _position += buffer.Length;
    }
}
