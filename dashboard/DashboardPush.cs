using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>Something new that open pages are told about. A closed set.</summary>
public abstract record DashboardPush
{
    private DashboardPush() { }

    /// <summary>A candle closed. Pages that show this symbol and frame append it.</summary>
    public sealed record CandleClosed(Symbol Symbol, TimeFrame Timeframe, Candle Candle) : DashboardPush;

    /// <summary>A signal was decided, filled, reached a target or ended.</summary>
    public sealed record SignalChanged(SignalView Signal) : DashboardPush;

    public sealed record Refused(RefusalView Refusal) : DashboardPush;

    public sealed record RegimeChanged(RegimeView Regime) : DashboardPush;

    /// <summary>One line for the list "what happened".</summary>
    public sealed record Happened(JournalView Entry) : DashboardPush;
}
