using FuturesBot.Engine.Backtesting;

namespace FuturesBot.Functions.Http;

/// <summary>A backtest as it is asked for; see <see cref="BacktestPlan"/>.</summary>
/// <param name="Symbols">Such as <c>BTCUSDT</c>.</param>
/// <param name="From">Candles that close at or before this are not decided on.</param>
/// <param name="To">Candles that close after this are left out.</param>
/// <param name="GroupSize">Symbols that share an account; 0: all do.</param>
/// <param name="WindowDays">Days of a window; 0: one window.</param>
/// <param name="WarmUpDays">Days before a window that ripen the studies.</param>
public sealed record BacktestOrder(
    IReadOnlyList<string> Symbols, DateTimeOffset From, DateTimeOffset To, int GroupSize = 0, int WindowDays = 0, int WarmUpDays = 60)
{
    /// <summary>The plan, or why there is none.</summary>
    public (BacktestPlan? Plan, string? Fault) ToPlan()
    {
        if (Symbols is null) return (null, "'symbols' is needed");
        if (Orders.SymbolsOf(Symbols, out var symbols) is { } wrong) return (null, wrong);
        var plan = new BacktestPlan
        {
            Symbols = symbols,
            FromMs = From.ToUnixTimeMilliseconds(),
            ToMs = To.ToUnixTimeMilliseconds(),
            GroupSize = GroupSize,
            WindowDays = WindowDays,
            WarmUpDays = WarmUpDays,
        };
        return plan.Fault is { } fault ? (null, fault) : (plan, null);
    }
}
