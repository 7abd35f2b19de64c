using System.Diagnostics.CodeAnalysis;
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
    private T[] _items;
    private int _mask;
    private long _added;

    /// <param name="capacityMin">At least this many values are kept (rounded up to a power of two).</param>
    /// <param name="roomAtFirst">
    /// Room is made for so many, and for more when they come: for one of thousands of rings that are hardly ever full. Null: for all.
    /// </param>
    public Ring(int capacityMin, int? roomAtFirst = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacityMin, 1);
        Capacity = (int)BitOperations.RoundUpToPowerOf2((uint)capacityMin);
        Room(Math.Min(Capacity, (int)BitOperations.RoundUpToPowerOf2((uint)(roomAtFirst ?? Capacity))));
    }

    public int Capacity { get; }

    /// <summary>How many values can be read now.</summary>
    public int Count => (int)Math.Min(_added, _items.Length);   // the room is as large as what was added, or as it can be

    /// <summary>How many values were ever added.</summary>
    public long Added => _added;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in T item)
    {
        if (_added == _items.Length && _items.Length < Capacity) Room(2 * _items.Length);
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
        while (_items.Length < Math.Min(_added, Capacity)) Room(2 * _items.Length);
        if (_added <= Capacity)
        {
            // A young ring carries only what it holds: snapshots of new symbols stay small.
            for (var i = 0; i < _added; i++) carrier.Carry(ref _items[i]);
            return;
        }

        carrier.Carry(_items);
    }

    /// <summary>Only while nothing was forgotten: each value then keeps its place.</summary>
    [MethodImpl(MethodImplOptions.NoInlining), MemberNotNull(nameof(_items))]
    private void Room(int length)
    {
        Array.Resize(ref _items, length);
        _mask = length - 1;
    }

    private void ThrowNotKept(int ago) =>
        throw new ArgumentOutOfRangeException(nameof(ago), ago, $"The ring holds {Count} values");
}
