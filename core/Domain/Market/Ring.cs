using System.Numerics;
using System.Runtime.CompilerServices;

namespace FuturesBot.Domain.Market;

/// <summary>
/// The last values of a series, the newest at <c>Ago(0)</c>. A full ring forgets the oldest.
/// </summary>
/// <typeparam name="T">A plain value.</typeparam>
public sealed class Ring<T> : IStateful
    where T : unmanaged
{
    private readonly T[] _items;
    private readonly int _mask;
    private long _added;

    /// <param name="capacityMin">At least this many values are kept (rounded up to a power of two).</param>
    public Ring(int capacityMin)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityMin, 1);
        _items = new T[BitOperations.RoundUpToPowerOf2((uint)capacityMin)];
        _mask = _items.Length - 1;
    }

    public int Capacity => _items.Length;

    /// <summary>How many values can be read now.</summary>
    public int Count => (int)Math.Min(_added, _items.Length);

    /// <summary>How many values were ever added.</summary>
    public long Added => _added;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in T item)
    {
        _items[(int)_added & _mask] = item;
        _added++;
    }

    /// <summary>The value <paramref name="ago"/> places before the newest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not that many are kept.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly T Ago(int ago)
    {
        if ((uint)ago >= (uint)Count) ThrowNotKept(ago);
        return ref _items[(int)(_added - 1 - ago) & _mask];
    }

    public void Clear() => _added = 0;

    public void Carry(StateCarrier carrier)
    {
        carrier.Carry(ref _added);
        if (_added <= _items.Length)
        {
            // A young ring carries only what it holds: snapshots of new symbols stay small.
            for (var i = 0; i < _added; i++) carrier.Carry(ref _items[i]);
            return;
        }

        carrier.Carry(_items);
    }

    private void ThrowNotKept(int ago) =>
        throw new ArgumentOutOfRangeException(nameof(ago), ago, $"The ring holds {Count} values");
}
