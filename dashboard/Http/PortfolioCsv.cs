namespace FuturesBot.Dashboard;

/// <summary>The account as one table: a row's first field says what it is.</summary>
internal static class PortfolioCsv
{
    public static Csv Of(PortfolioDetailView view)
    {
        var table = new Csv().Row(
            "kind", "time_utc", "name", "strategy", "direction", "trades", "r", "usdt", "balance_usdt", "notional_usdt", "risk_usdt",
            "risk_percent", "reason");
        foreach (var position in view.Positions)
        {
            var reason = position.Waiting ? "waits for its entry: no result yet" : double.IsNaN(position.NowR) ? "no price is known" : null;
            table.Row(
                position.Waiting ? "waiting" : "position", null, position.Symbol.Name, position.Strategy,
                position.Direction == Domain.Market.Side.Long ? "long" : "short", null, position.NowR, position.NowUsdt, null,
                position.NotionalUsdt, position.RiskUsdt, position.RiskPercent, reason);
        }

        foreach (var day in view.Daily)
        {
            var none = day.Trades == 0;
            table.Row(
                "day", Csv.Time(day.DayMs), null, null, null, day.Trades, none ? null : day.R, none ? null : day.Usdt, null, null, null, null,
                none ? "no trade closed" : null);
        }

        foreach (var point in view.Curve)
            table.Row("equity", Csv.Time(point.TimeMs), null, null, null, null, point.R, null, point.Usdt, null, null, null, null);
        return table;
    }
}
