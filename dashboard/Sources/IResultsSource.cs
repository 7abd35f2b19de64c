namespace FuturesBot.Dashboard;

/// <summary>The account and its results from every side. Quick reads from any thread.</summary>
public interface IResultsSource
{
    PortfolioDetailView PortfolioDetail();

    /// <param name="days">Market days back from now; 0 = everything.</param>
    PerformanceDetailView PerformanceDetail(int days);
}
