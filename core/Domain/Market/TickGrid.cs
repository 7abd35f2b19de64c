using System.Numerics;
using System.Runtime.CompilerServices;

namespace FuturesBot.Domain.Market;

/// <summary>
/// Turns a price into whole ticks with one multiplication, and tells when it is no whole number of them. The tick size
/// is 2ᵏ·m with m odd; a price that it divides, times the inverse of m modulo 2⁶⁴ and rotated right by k, is the
/// quotient, and any other price gives a number above the largest possible one (Granlund and Montgomery, Division by
/// Invariant Integers using Multiplication, 1994, section 9).
/// </summary>
internal readonly struct TickGrid
{
    // Above it sums and differences of keys would leave 64 bits: 23 billion quote units at the finest tick there is.
    private const long MostTicks = 1L << 61;

    private readonly ulong _inverse;
    private readonly int _twos;

    /// <param name="tickSize">Units of 10⁻⁸ quote, from 1 up.</param>
    public TickGrid(long tickSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tickSize, 1);
        TickSize = tickSize;
        TicksMax = (ulong)Math.Min(long.MaxValue / tickSize, MostTicks);
        _twos = BitOperations.TrailingZeroCount(tickSize);
        _inverse = InverseOf((ulong)tickSize >> _twos);
    }

    public long TickSize { get; }

    /// <summary>The largest price in ticks; one above it is refused as one off the grid is.</summary>
    public ulong TicksMax { get; }

    /// <summary>The price in ticks; above <see cref="TicksMax"/> when it is off the grid or negative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong TicksOf(long price) => BitOperations.RotateRight(unchecked((ulong)price * _inverse), _twos);

    /// <summary>Newton's iteration: each step doubles the right bits, of which x = m has three.</summary>
    private static ulong InverseOf(ulong odd)
    {
        var x = odd;
        for (var bits = 3; bits < 64; bits *= 2) x = unchecked(x * (2 - (odd * x)));
        return x;
    }
}
