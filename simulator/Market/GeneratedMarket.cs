using FuturesBot.Domain.Market;

namespace FuturesBot.Simulator.Market;

/// <summary>
/// A market that follows from its seed: a leader and followers that move with it, moods that change,
/// clustered volatility, jumps, runs on the stops behind old highs and lows, breaks with retests, volume
/// and taker flow. The same seed, start and symbols are the same market on every machine, and a
/// snapshot continues it exactly.
/// </summary>
public sealed class GeneratedMarket : IStateful
{
    private const long MinuteMs = 60_000;

    private readonly GeneratedSymbol[] _symbols;
    private readonly SymbolScale[] _scales;
    private readonly Tape[] _tapes;
    private readonly long _seed;
    private long _minute;

    /// <param name="seed">Any number.</param>
    /// <param name="startMs">Open of the first minute, UTC, Unix milliseconds, from 1970 on.</param>
    /// <param name="symbols">The leader first; null for <see cref="GeneratedSymbols.Twelve"/>.</param>
    /// <exception cref="ArgumentException">A start off the minute, no symbols, or a tick that is no power of ten.</exception>
    public GeneratedMarket(long seed, long startMs, IReadOnlyList<GeneratedSymbol>? symbols = null)
    {
        if (startMs < 0 || startMs % MinuteMs != 0)
            throw new ArgumentException($"Start was {startMs}; a whole minute from 1970 on is needed", nameof(startMs));
        _symbols = [.. symbols ?? GeneratedSymbols.Twelve];
        if (_symbols.Length == 0) throw new ArgumentException("No symbols", nameof(symbols));
        _seed = seed;
        _minute = startMs / MinuteMs;
        _scales = [.. _symbols.Select(SymbolScale.Of)];
        _tapes = new Tape[_symbols.Length];
        for (var i = 0; i < _tapes.Length; i++)
            _tapes[i] = Tape.Starting(_symbols[i], _scales[i].TicksPerUnit, seed, i, i == 0 ? 0 : _tapes[0].LogPrice);
        MakeMinute();
    }

    /// <summary>The leader first. Every other member takes a symbol by its place in this list.</summary>
    public IReadOnlyList<GeneratedSymbol> Symbols => _symbols;

    public long Seed => _seed;

    /// <summary>Open time of the minute in progress, UTC, Unix milliseconds.</summary>
    public long MinuteOpenMs => _minute * MinuteMs;

    /// <summary>Close time of the minute in progress: when market time reaches it, <see cref="Advance"/> is due.</summary>
    public long MinuteCloseMs => (_minute + 1) * MinuteMs;

    /// <summary>Closes the minute in progress for all symbols and begins the next.</summary>
    /// <param name="closed">Takes one candle per symbol, in the order of <see cref="Symbols"/>.</param>
    /// <exception cref="ArgumentException">Not one place per symbol.</exception>
    public void Advance(Span<Candle> closed)
    {
        if (closed.Length != _tapes.Length)
            throw new ArgumentException($"Room was for {closed.Length} candles, there are {_tapes.Length} symbols", nameof(closed));
        for (var i = 0; i < _tapes.Length; i++) closed[i] = _tapes[i].Next;
        _minute++;
        MakeMinute();
    }

    /// <summary>The minute in progress as a chart shows it.</summary>
    /// <param name="symbol">Place in <see cref="Symbols"/>.</param>
    /// <param name="fraction">How much of the minute has passed, 0 to 1; at 1 it is what <see cref="Advance"/> will close.</param>
    public RunningCandle At(int symbol, double fraction) =>
        new(TimeFrame.M1, IntraMinutePath.At(_tapes[symbol].Next, fraction, _scales[symbol].TicksPerUnit, _scales[symbol].StepsPerUnit));

    /// <summary>Open interest in base units at the end of the minute in progress.</summary>
    /// <param name="symbol">Place in <see cref="Symbols"/>.</param>
    public double OpenInterest(int symbol) => _tapes[symbol].OpenInterest(_symbols[symbol]);

    /// <exception cref="SnapshotException">The snapshot is of another seed or another number of symbols.</exception>
    public void Carry(StateCarrier carrier)
    {
        carrier.Part("GeneratedMarket", version: 1);
        var (seed, count) = (_seed, _tapes.Length);
        carrier.Carry(ref seed);
        carrier.Carry(ref count);
        if (seed != _seed || count != _tapes.Length)
            throw new SnapshotException($"Snapshot is of seed {seed} with {count} symbols; this market has seed {_seed} and {_tapes.Length}");
        carrier.Carry(ref _minute);
        carrier.Carry(_tapes);
    }

    private void MakeMinute()
    {
        ref var leader = ref _tapes[0];
        leader.Step(_symbols[0], _scales[0], _minute, leader);
        for (var i = 1; i < _tapes.Length; i++) _tapes[i].Step(_symbols[i], _scales[i], _minute, leader);
    }
}
