using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <summary>
/// What the page reads. The host implements it over the running kernel: every method is a quick read of a
/// snapshot (candles may have to be read from where they are stored), is called from any thread, and returns lists that nobody
/// changes afterwards.
/// </summary>
/// <remarks>
/// In every view NaN (and null for a decimal) means "unavailable" and reaches the page as null, never as 0.
/// Times are UTC Unix milliseconds of market time unless a name says wall. <see cref="DashboardHost"/>
/// checks symbol, time frame and limit before it asks.
/// </remarks>
public interface IDashboardSource
{
    /// <summary>Where the host tells open pages what is new. One feed for the life of the source.</summary>
    DashboardFeed Feed { get; }

    StatusView Status();

    /// <summary>Every symbol of this run, BTC first.</summary>
    IReadOnlyList<SymbolView> Symbols();

    /// <summary>The newest closed candles, oldest first, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<Candle>> CandlesAsync(Symbol symbol, TimeFrame frame, int limit, CancellationToken cancel = default);

    /// <summary>The candle that has not closed; null when there is none. Asked four times a second.</summary>
    RunningCandle? Running(Symbol symbol, TimeFrame frame);

    /// <summary>Study values of the same closed candles that <see cref="CandlesAsync"/> returns.</summary>
    ValueTask<IndicatorsView> IndicatorsAsync(Symbol symbol, TimeFrame frame, int limit, CancellationToken cancel = default);

    ZonesView Zones(Symbol symbol, TimeFrame frame);

    /// <summary>Newest first.</summary>
    IReadOnlyList<SignalView> Signals(SignalGroup group, int limit);

    /// <summary>Null when no signal has this id.</summary>
    SignalDetailView? Signal(string signalId);

    WhyView Why(Symbol symbol);

    IReadOnlyList<RegimeView> Regimes();

    RefusalsView Refusals();

    /// <param name="days">Market days back from now; 0 = everything.</param>
    PerformanceView Performance(int days);

    PortfolioView Portfolio();

    /// <summary>What happened, newest first.</summary>
    IReadOnlyList<JournalView> Journal(int limit);
}
