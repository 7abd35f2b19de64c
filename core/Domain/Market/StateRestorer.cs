using System.Buffers.Binary;
using System.Text;

namespace FuturesBot.Domain.Market;

/// <summary>Reads a snapshot back into a freshly constructed state.</summary>
public sealed class StateRestorer : StateCarrier
{
    private readonly ReadOnlyMemory<byte> _snapshot;
    private int _at;

    private StateRestorer(ReadOnlyMemory<byte> snapshot) => _snapshot = snapshot;

    /// <exception cref="SnapshotException">Another version, another shape, cut short or too long.</exception>
    public static void Restore(IStateful state, ReadOnlyMemory<byte> snapshot)
    {
        var restorer = new StateRestorer(snapshot);
        state.Carry(restorer);
        if (restorer._at != snapshot.Length)
            throw new SnapshotException($"Snapshot had {snapshot.Length} bytes, the state took {restorer._at}");
    }

    public override void Part(string name, int version)
    {
        string? found = null;
        Carry(ref found);
        var foundVersion = 0;
        Carry(ref foundVersion);
        if (!string.Equals(found, name, StringComparison.Ordinal) || foundVersion != version)
            throw new SnapshotException($"Snapshot part was '{found}' version {foundVersion}, expected '{name}' version {version}");
    }

    public override void Carry(ref string? text)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
        if (length < -1 || length > ListMax) throw new SnapshotException($"Text length was {length}");
        text = length < 0 ? null : Encoding.UTF8.GetString(Take(length));
    }

    protected override void Bytes(Span<byte> bytes) => Take(bytes.Length).CopyTo(bytes);

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_snapshot.Length - _at < count)
            throw new SnapshotException($"Snapshot ended at byte {_snapshot.Length}, {count} more were expected at {_at}");
        var taken = _snapshot.Span.Slice(_at, count);
        _at += count;
        return taken;
    }
}
