namespace FuturesBot.Dashboard;

/// <summary>What the daily results say of the account, and how far that may be believed.</summary>
/// <param name="Days">UTC days in the data, those without trades included.</param>
/// <param name="Sharpe">Annualised with √365; NaN below two days.</param>
/// <param name="ProbabilisticSharpe">Probability that the true ratio is above 0, 0–1.</param>
/// <param name="DeflatedSharpe">The same after the trials are paid for.</param>
/// <param name="Trials">Configurations tried so far; null when nobody counted: then 1 is assumed, and the figure flatters.</param>
/// <param name="MinimumTrackRecordDays">Days until such a ratio is believed at 95 %; NaN when it is not above 0.</param>
/// <param name="CostR">Fees, funding and slippage per trade, R; NaN without a trade.</param>
public sealed record RatiosView(
    int Days,
    double Sharpe,
    double Sortino,
    double ProbabilisticSharpe,
    double DeflatedSharpe,
    int? Trials,
    double MinimumTrackRecordDays,
    double CostR,
    int WinsInRow,
    int LossesInRow);
