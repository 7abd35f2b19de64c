using System.Security.Cryptography;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Tells messages that came before. Remembers the last ones only; not for several threads.</summary>
internal sealed class RecentMessages(int most)
{
    private readonly HashSet<UInt128> _known = [];
    private readonly Queue<UInt128> _order = new();

    /// <summary>False when the same bytes came before.</summary>
    public bool TryAdd(ReadOnlySpan<byte> message)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(message, hash);
        var id = System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
        if (!_known.Add(id)) return false;

        _order.Enqueue(id);
        if (_order.Count > most) _known.Remove(_order.Dequeue());
        return true;
    }
}
