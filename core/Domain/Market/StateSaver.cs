using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace FuturesBot.Domain.Market;

/// <summary>Writes a state into a compact, versioned snapshot.</summary>
public sealed class StateSaver : StateCarrier
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    public static byte[] Save(IStateful state)
    {
        var saver = new StateSaver();
        state.Carry(saver);
        return saver._buffer.WrittenSpan.ToArray();
    }

    public override void Part(string name, int version)
    {
        string? text = name;
        Carry(ref text);
        var number = version;
        Carry(ref number);
    }

    public override void Carry(ref string? text)
    {
        var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
        Span<byte> head = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(head, text is null ? -1 : bytes.Length);
        _buffer.Write(head);
        _buffer.Write(bytes);
    }

    protected override void Bytes(Span<byte> bytes) => _buffer.Write(bytes);
}
