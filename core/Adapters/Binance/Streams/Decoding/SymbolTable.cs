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
            Volatile.Write(ref _state, new([.. state.Symbols, symbol], [.. state.Names, name]));
            return state.Symbols.Length;
        }
    }

    /// <summary>−1 when the symbol is not known.</summary>
    public int IndexOf(Symbol symbol) => IndexOf(Encoding.UTF8.GetBytes(symbol.Name));

    /// <summary>−1 when the name is not known.</summary>
    public int IndexOf(ReadOnlySpan<byte> name)
    {
        var names = Volatile.Read(ref _state).Names;
        for (var i = 0; i < names.Length; i++)
        {
            if (name.SequenceEqual(names[i])) return i;
        }

        return -1;
    }

    private sealed record State(Symbol[] Symbols, byte[][] Names);
}
