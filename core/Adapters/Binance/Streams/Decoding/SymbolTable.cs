using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>
/// Symbols by their UTF-8 bytes, so that reading a message makes no string. An index is given once and never
/// taken back: arrays beside the table may be addressed by it for good. Any number of threads may read while
/// symbols are added.
/// </summary>
public sealed class SymbolTable
{
    private readonly Lock _adding = new();
    private State _state = new([], []);

    public SymbolTable(params IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols) Add(symbol);
    }

    /// <summary>Indices run from 0 to one below it.</summary>
    public int Count => Volatile.Read(ref _state).Symbols.Length;

    /// <exception cref="IndexOutOfRangeException">No symbol has this index.</exception>
    public Symbol this[int index] => Volatile.Read(ref _state).Symbols[index];

    /// <summary>The symbol's index, new or known.</summary>
    /// <exception cref="ArgumentException">It is <c>default</c>, which no market has.</exception>
    public int Add(Symbol symbol)
    {
        if (symbol == default) throw new ArgumentException("Symbol was empty", nameof(symbol));
        var name = Encoding.UTF8.GetBytes(symbol.Name);
        lock (_adding)
        {
            var known = IndexOf(name);
            if (known >= 0) return known;

            var state = _state;
            Volatile.Write(ref _state, state.With(symbol, name));
            return state.Symbols.Length;
        }
    }

    /// <summary>−1 when the symbol is not known.</summary>
    public int IndexOf(Symbol symbol) => IndexOf(Encoding.UTF8.GetBytes(symbol.Name));

    /// <summary>−1 when the name is not known.</summary>
    public int IndexOf(ReadOnlySpan<byte> name) => Volatile.Read(ref _state).IndexOf(name);

    /// <summary>
    /// Never changed once it is in use: a reader keeps the one it has while a larger one takes its place. Slots with
    /// open addressing, at most a quarter of them taken.
    /// </summary>
    private sealed class State
    {
        private const int SlotsPerSymbol = 4;

        private readonly byte[][] _names;
        private readonly int[] _slots;   // an index + 1; 0 is free

        public State(Symbol[] symbols, byte[][] names)
        {
            Symbols = symbols;
            _names = names;
            _slots = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, names.Length * SlotsPerSymbol))];
            for (var index = 0; index < names.Length; index++)
            {
                var slot = FirstSlot(names[index]);
                while (_slots[slot] != 0) slot = (slot + 1) & (_slots.Length - 1);
                _slots[slot] = index + 1;
            }
        }

        public Symbol[] Symbols { get; }

        public State With(Symbol symbol, byte[] name) => new([.. Symbols, symbol], [.. _names, name]);

        public int IndexOf(ReadOnlySpan<byte> name)
        {
            for (var slot = FirstSlot(name); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
            {
                var index = _slots[slot] - 1;
                if (name.SequenceEqual(_names[index])) return index;
            }

            return -1;
        }

        /// <summary>From length, first and last bytes, which is where symbols differ.</summary>
        private int FirstSlot(ReadOnlySpan<byte> name)
        {
            var (first, last) = name.Length switch
            {
                >= 8 => (BinaryPrimitives.ReadUInt64LittleEndian(name),
                    BinaryPrimitives.ReadUInt64LittleEndian(name[^8..])),
                >= 4 => (BinaryPrimitives.ReadUInt32LittleEndian(name),
                    BinaryPrimitives.ReadUInt32LittleEndian(name[^4..])),
                >= 1 => (name[0], name[^1]),
                _ => (0UL, 0UL),
            };

            // Two odd numbers without a pattern; the upper half of their products has taken in every bit.
            var mixed = unchecked(((first * 0x9E37_79B9_7F4A_7C15) ^ (ulong)name.Length)
                + (last * 0xC2B2_AE3D_27D4_EB4F));
            return (int)((mixed ^ (mixed >> 32)) & (ulong)(_slots.Length - 1));
        }
    }
}
