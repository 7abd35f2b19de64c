using System.Runtime.InteropServices;

namespace FuturesBot.Domain.Market;

/// <summary>
/// Carries the fields of an <see cref="IStateful"/> into a snapshot or out of one. Because one method
/// names the fields for both ways, saving and restoring cannot disagree.
/// </summary>
public abstract class StateCarrier
{
    /// <summary>Marks the start of a part. Restoring a part of another name or version is refused.</summary>
    /// <exception cref="SnapshotException">The snapshot holds another part or version here.</exception>
    public abstract void Part(string name, int version);

    /// <summary>A plain value; its bytes are carried as they are (little endian), NaN bits included.</summary>
    public void Carry<T>(ref T value)
        where T : unmanaged =>
        Bytes(MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref value, 1)));

    /// <summary>A buffer whose length is fixed by construction.</summary>
    public void Carry<T>(T[] values)
        where T : unmanaged =>
        Bytes(MemoryMarshal.AsBytes(values.AsSpan()));

    /// <summary>A list of plain values, its length included.</summary>
    public void Carry<T>(List<T> values)
        where T : unmanaged
    {
        var count = values.Count;
        Carry(ref count);
        if (count is < 0 or > ListMax) throw new SnapshotException($"List length was {count}, allowed are 0 to {ListMax}");
        CollectionsMarshal.SetCount(values, count);
        Bytes(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)));
    }

    /// <summary>A text; null is carried as null.</summary>
    public abstract void Carry(ref string? text);

    /// <summary>Bound of one carried list: far above any window, far below an exhausted memory.</summary>
    public const int ListMax = 1 << 20;

    /// <summary>Copies the bytes into the snapshot, or overwrites them from it.</summary>
    protected abstract void Bytes(Span<byte> bytes);
}
