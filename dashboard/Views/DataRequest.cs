using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>Candles to repair or to download, checked.</summary>
/// <param name="IsRepair">One series that has a gap; otherwise a download.</param>
/// <param name="FromMs">First open time wanted.</param>
/// <param name="ToMs">End of the range, not included.</param>
public sealed record DataRequest(
    bool IsRepair, IReadOnlyList<Symbol> Symbols, IReadOnlyList<TimeFrame> Timeframes, long FromMs, long ToMs);
