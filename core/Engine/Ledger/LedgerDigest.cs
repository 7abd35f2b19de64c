using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FuturesBot.Engine.Ledger;

/// <summary>
/// SHA-256 over plain values in the order they are added: what a <c>bar</c> line says about its silent
/// decisions. Numbers enter as their little-endian bits, so that only bit-identical ones agree.
/// </summary>
public sealed class LedgerDigest
{
    /// <summary>Bytes of a digest.</summary>
    public const int Bytes = SHA256.HashSizeInBytes;

    private byte[] _values = new byte[1 << 14];
    private int _used;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(double value) => Put(BitConverter.DoubleToInt64Bits(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long value) => Put(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(byte value)
    {
        if (_used == _values.Length) Grow(1);
        _values[_used++] = value;
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_values.Length - _used < bytes.Length) Grow(bytes.Length);
        bytes.CopyTo(_values.AsSpan(_used));
        _used += bytes.Length;
    }

    /// <summary>Writes the digest of everything added and begins anew.</summary>
    /// <param name="digest">At least <see cref="Bytes"/> long.</param>
    public void Take(Span<byte> digest)
    {
        SHA256.HashData(_values.AsSpan(0, _used), digest);
        _used = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(long bits)
    {
        if (_values.Length - _used < sizeof(long)) Grow(sizeof(long));
        if (!BitConverter.IsLittleEndian) bits = BinaryPrimitives.ReverseEndianness(bits);
        MemoryMarshal.Write(_values.AsSpan(_used), bits);
        _used += sizeof(long);
    }

    private void Grow(int by) => Array.Resize(ref _values, Math.Max(_values.Length * 2, _values.Length + by));
}
