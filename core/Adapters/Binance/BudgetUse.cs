using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance;

/// <summary>The use of a <see cref="RequestBudget"/>, for those that make room when others need it.</summary>
public sealed class BudgetUse(RequestBudget budget) : IBudgetUse
{
    /// <summary>The greater of our own part and the whole address's; 1 while the exchange makes everybody wait.</summary>
    public double Use
    {
        get
        {
            var reading = budget.Read();
            if (reading.PausedUntilMs is not null || reading.BannedUntilMs is not null) return 1;
            return Math.Max(
                reading.OwnWeight / (double)reading.OwnWeightMax,
                reading.UsedWeight / (double)reading.WeightLimit);
        }
    }
}
