namespace FuturesBot.Dashboard;

/// <summary>A limit of the account (spec 2.13).</summary>
/// <param name="Name">day, week, drawdown, open_risk, positions or losing_streak.</param>
/// <param name="Used">In <paramref name="Unit"/>, from 0 up; NaN when unknown.</param>
/// <param name="Limit">In the same unit.</param>
/// <param name="Unit">%, positions or trades.</param>
/// <param name="Enforced">This run refuses entries by it; otherwise it is shown for information.</param>
public sealed record PortfolioLimitView(string Name, string Title, double Used, double Limit, string Unit, bool Enforced);
