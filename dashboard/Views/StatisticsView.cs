namespace FuturesBot.Dashboard;

/// <summary>Results of one group of closed trades. A rate never stands alone.</summary>
/// <param name="Name">all, or the strategy, regime or score bucket.</param>
/// <param name="N">All closed trades of the group.</param>
/// <param name="WinRate">Wins / n, 0–1. Below ten trades the page and the API give none.</param>
/// <param name="WinRateCi95">Wilson: low, high.</param>
/// <param name="ExpectancyRNet">Mean net R per trade.</param>
/// <param name="ExpectancyRNetCi95">Block bootstrap: low, high.</param>
/// <param name="ProfitFactorNet">NaN without a losing trade.</param>
/// <param name="NetR">Sum of net R.</param>
public sealed record StatisticsView(
    string Name,
    int N,
    int Wins,
    int BreakEvens,
    int Losses,
    double WinRate,
    IntervalView WinRateCi95,
    double ExpectancyRNet,
    IntervalView ExpectancyRNetCi95,
    double ProfitFactorNet,
    double NetR)
{
    /// <summary>Below this count a rate is noise and is not given.</summary>
    public const int RateFrom = 10;

    /// <summary>Below this count the page draws marks hollow.</summary>
    public const int SolidFrom = 20;

    /// <summary>The whole interval of the expectancy lies above 0.</summary>
    public bool EdgeProven => N >= SolidFrom && ExpectancyRNetCi95.Low > 0;

    /// <summary>The same without what too few trades cannot say.</summary>
    public StatisticsView Honest() =>
        N >= RateFrom ? this : this with { WinRate = double.NaN, WinRateCi95 = IntervalView.None };
}
