namespace FuturesBot.Domain.Reporting;

/// <summary>What the panel has to know beside the trades.</summary>
/// <param name="FromMs">Start of the data: days without trades count.</param>
/// <param name="ToMs">End of the data.</param>
/// <param name="Trials">Configurations tried so far, this one included; from 1 up.</param>
/// <param name="TrialVariance">Variance of their daily Sharpe ratios; NaN when it was not measured.</param>
/// <param name="AuthorCounting">Also count as the earlier bot's author did (profile <c>seed</c>).</param>
public sealed record PanelOptions(
    long FromMs, long ToMs, int Trials = 1, double TrialVariance = double.NaN, bool AuthorCounting = false);
