using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;

namespace FuturesBot.Dashboard.Running;

/// <summary>Everything that the page reads of a run, put together.</summary>
public sealed class PageSources : IDisposable
{
    private readonly DataPage _data;
    private readonly ChartReader _charts;

    public PageSources(MarketRunner runner, ICandleStore candles, ICandleTimes times, RunFace face)
    {
        _charts = new(runner.Shelf, runner.Gate, candles, face.IsWrittenElsewhere);
        Page = new(runner, _charts, face with { Rows = () => _data?.Rows });
        _data = new(runner, candles, times, face);
        Sources = new()
        {
            Market = Page,
            Books = face.Exchange is null ? null : new BookPage(face.Exchange),
            Limits = new LimitsPage(runner, face),
            Data = _data,
            Results = new ResultsPage(runner, Page),
            Archive = new ArchivePage(runner, candles, Page),
        };
    }

    /// <summary>The market itself; also hears what is new.</summary>
    public RunDashboard Page { get; }

    public DashboardSources Sources { get; }

    public void Dispose()
    {
        _data.Dispose();
        _charts.Dispose();
    }
}
