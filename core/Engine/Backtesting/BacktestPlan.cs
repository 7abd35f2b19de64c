using FuturesBot.Domain;
using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Backtesting;

/// <summary>
/// A backtest in parts that know nothing of each other, so that many machines can compute them. Within one portfolio every symbol and
/// every hour depends on all others before it, and nothing can be divided; what can is a set of portfolios: groups of
/// symbols, and windows of time that each begin with a fresh account and studies ripened on what was before.
/// </summary>
/// <remarks>With one group and no windows there is one part, and it is the plain backtest.</remarks>
public sealed record BacktestPlan
{
    /// <summary>Most parts of a plan.</summary>
    public const int CellsMax = 2_000;

    private const long DayMs = 86_400_000;

    /// <summary>Symbols; each has its rules in the store.</summary>
    public required IReadOnlyList<Symbol> Symbols { get; init; }

    /// <summary>Symbols that share an account, in ordinal order; 0: all do.</summary>
    public int GroupSize { get; init; }

    /// <summary>Candles that close at or before this are not decided on; UTC, Unix milliseconds.</summary>
    public required long FromMs { get; init; }

    /// <summary>Candles that close after this are left out; UTC, Unix milliseconds.</summary>
    public required long ToMs { get; init; }

    /// <summary>Days of a window; 0: one window.</summary>
    public int WindowDays { get; init; }

    /// <summary>Days before a window that ripen the studies; 0: none.</summary>
    public int WarmUpDays { get; init; } = 60;

    /// <summary>What is wrong with the plan; null when nothing is.</summary>
    public string? Fault
    {
        get
        {
            if (Symbols.Count == 0 || Symbols.Distinct().Count() < Symbols.Count) return "'symbols' must name at least one symbol, and none twice";
            if (FromMs < 0 || ToMs <= FromMs) return $"'from' was {FromMs} and 'to' {ToMs}; 0 <= from < to is needed";
            if (GroupSize < 0 || WindowDays < 0 || WarmUpDays is < 0 or > 3_650)
                return "'group_size' and 'window_days' must be 0 or more, 'warm_up_days' 0 to 3650";
            return Groups * Windows > CellsMax ? $"The plan has {Groups * Windows} parts, at most {CellsMax} are allowed; take larger groups or windows" : null;
        }
    }

    private long Groups => GroupSize == 0 ? 1 : ((long)Symbols.Count + GroupSize - 1) / GroupSize;

    private long Windows => WindowDays == 0 ? 1 : (ToMs - FromMs + (WindowDays * DayMs) - 1) / (WindowDays * DayMs);

    /// <summary>The parts, by time, then group: the order in which they are merged, whoever finishes first.</summary>
    public IReadOnlyList<BacktestCell> Cells()
    {
        if (Fault is { } fault) throw new InvalidOperationException(fault);
        Symbol[][] groups = GroupSize == 0 ? [[.. Symbols.Order()]] : [.. Symbols.Order().Chunk(GroupSize)];
        var cells = new List<BacktestCell>();
        for (var window = 0L; window < Windows; window++)
        {
            var from = FromMs + (window * WindowDays * DayMs);
            var to = WindowDays == 0 ? ToMs : Math.Min(ToMs, from + (WindowDays * DayMs));
            foreach (var group in groups) cells.Add(new(cells.Count, group, from, to));
        }

        return cells;
    }

    /// <summary>What one part asks of the backtest.</summary>
    /// <param name="cell">Which part.</param>
    /// <param name="options">Every threshold.</param>
    public BacktestRequest RequestOf(BacktestCell cell, KernelOptions options) => new()
    {
        Options = options,
        // The filter by the leader's trend needs BTC in every group.
        Symbols = Symbols.Contains(Symbol.Btc) && !cell.Symbols.Contains(Symbol.Btc) ? [Symbol.Btc, .. cell.Symbols] : cell.Symbols,
        FromMs = cell.FromMs,
        ToMs = cell.ToMs,
        WarmUpFromMs = WarmUpDays == 0 ? long.MaxValue : Math.Max(0, cell.FromMs - (WarmUpDays * DayMs)),
        Ledger = Recording.LedgerDepth.Off,
    };
}
