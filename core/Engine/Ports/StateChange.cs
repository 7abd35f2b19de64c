using FuturesBot.Engine.Ledger;

namespace FuturesBot.Engine.Ports;

/// <summary>
/// All that one step of the market changes. It becomes durable as a whole or not at all: a process that
/// dies at any moment finds either the step done, effects waiting, or the step not begun.
/// </summary>
public sealed record StateChange
{
    public IReadOnlyList<CandleBatch> Candles { get; init; } = [];

    /// <summary>New and changed signals.</summary>
    public IReadOnlyList<StoredSignal> Signals { get; init; } = [];

    /// <summary>
    /// Effects to be carried out after the commit; one that is known already is left as it is.
    /// </summary>
    public IReadOnlyList<StoredEffect> Effects { get; init; } = [];

    public IReadOnlyList<StoredSnapshot> Snapshots { get; init; } = [];

    public IReadOnlyList<StoredDecision> Decisions { get; init; } = [];

    /// <summary>Small values by name: position of the market clock, seed.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Lines of the ledger, in order; empty where the ledger is a file of its own.</summary>
    public IReadOnlyList<LedgerPiece> Ledger { get; init; } = [];

    /// <summary>Days of the ledger that end with this change: published once, and never written over.</summary>
    public IReadOnlyList<DayRoot> LedgerRoots { get; init; } = [];
}
