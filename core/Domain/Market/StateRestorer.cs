using System.Text;

namespace FuturesBot.Domain.Market;

/// <summary>Reads a snapshot back into a freshly constructed state.</summary>
public sealed class StateRestorer : StateCarrier
{
    private readonly SnapshotPieces _snapshot;

    private StateRestorer(SnapshotPieces snapshot) => _snapshot = snapshot;

    /// <exception cref="SnapshotException">Another version, another shape, cut short or too long.</exception>
    public static void Restore(IStateful state, ReadOnlyMemory<byte> snapshot) => Restore(state, new SnapshotPieces(snapshot));

    /// <summary>The same; the pieces are used up.</summary>
    /// <inheritdoc cref="Restore(IStateful, ReadOnlyMemory{byte})"/>
    public static void Restore(IStateful state, SnapshotPieces snapshot)
    {
        state.Carry(new StateRestorer(snapshot));
        if (snapshot.At != snapshot.Length)
            throw new SnapshotException($"Snapshot had {snapshot.Length} bytes, the state took {snapshot.At}");
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
        const int ShortMax = 256;   // names; what is longer is rare
        var length = 0;
        Carry(ref length);
        if (length < -1 || length > ListMax) throw new SnapshotException($"Text length was {length}");
        if (length < 0)
        {
            text = null;
            return;
        }

        _snapshot.Need(length);
        var bytes = length <= ShortMax ? stackalloc byte[length] : new byte[length];
        _snapshot.Read(bytes);
        text = Encoding.UTF8.GetString(bytes);
    }

    protected override void Bytes(Span<byte> bytes) => _snapshot.Read(bytes);
}
