namespace FuturesBot.Domain.Market;

/// <summary>
/// A snapshot that lies in several pieces, in their order. It is read once, and a piece is let go when it was read: a kernel's state is as
/// large as the kernel that comes out of it, and both need not be there at the same time.
/// </summary>
/// <remarks>Not safe for several threads.</remarks>
public sealed class SnapshotPieces
{
    private readonly Queue<ReadOnlyMemory<byte>> _next;
    private ReadOnlyMemory<byte> _now;

    /// <param name="pieces">All bytes, in order; an empty piece is allowed.</param>
    public SnapshotPieces(params IEnumerable<ReadOnlyMemory<byte>> pieces)
    {
        _next = new(pieces);
        foreach (var piece in _next) Length += piece.Length;
    }

    /// <summary>Bytes before anything was read.</summary>
    public long Length { get; }

    /// <summary>Bytes that were read.</summary>
    public long At { get; private set; }

    /// <summary>Reads the next bytes, as many as there is room for.</summary>
    /// <exception cref="SnapshotException">There are fewer.</exception>
    public void Read(Span<byte> into)
    {
        Need(into.Length);
        At += into.Length;
        while (into.Length > _now.Length)
        {
            _now.Span.CopyTo(into);
            into = into[_now.Length..];
            _now = _next.Dequeue();
        }

        _now.Span[..into.Length].CopyTo(into);
        _now = _now.Length == into.Length ? default : _now[into.Length..];
    }

    /// <summary>Makes sure that so many bytes are left.</summary>
    /// <exception cref="SnapshotException">There are fewer.</exception>
    public void Need(int count)
    {
        if (Length - At < count) throw new SnapshotException($"Snapshot ended at byte {Length}, {count} more were expected at {At}");
    }
}
