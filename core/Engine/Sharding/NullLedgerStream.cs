namespace FuturesBot.Engine.Sharding;

/// <summary>
/// A ledger that nobody keeps: it has whatever length it is told, and counts what is written, so that its lines are numbered and
/// hashed as those of the ledger that is kept.
/// </summary>
public sealed class NullLedgerStream : Stream
{
    private long _position;

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    /// <summary>Never shorter than what somebody says of it.</summary>
    public override long Length => long.MaxValue;

    public override long Position
    {
        get => _position;
        set => _position = value;
    }

    public override void Flush()
    {
        // Nothing is kept.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("This ledger is not kept, so it cannot be read");

    /// <summary>The end is where it was set, or where it was written to last.</summary>
    public override long Seek(long offset, SeekOrigin origin) => origin == SeekOrigin.Begin ? _position = offset : _position;

    public override void SetLength(long value) => _position = value;

    public override void Write(byte[] buffer, int offset, int count) => _position += count;

    public override void Write(ReadOnlySpan<byte> buffer) => _position += buffer.Length;
}
