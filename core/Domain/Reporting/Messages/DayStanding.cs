namespace FuturesBot.Domain.Reporting;

/// <summary>How the UTC day stands, which the loss limit counts.</summary>
/// <param name="NetR">Net result of the trades closed today, in R.</param>
/// <param name="Percent">The same in percent of equity; NaN when unknown.</param>
/// <param name="LimitPercent">The loss at which the day ends, above 0; NaN without a limit.</param>
public sealed record DayStanding(double NetR, double Percent, double LimitPercent);
