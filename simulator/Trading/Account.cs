using FuturesBot.Simulator.Market;

namespace FuturesBot.Simulator.Trading;

/// <summary>
/// The money of the account, USDT. Every change is rounded to eight decimals before it is booked, so the
/// balance is to the last digit the start plus the rows of income. There is no liquidation: the balance may
/// fall below 0.
/// </summary>
internal sealed class Account(TradingOptions options)
{
    /// <summary>
    /// The only asset that the account has: contracts with another margin find no margin here.
    /// </summary>
    public const string Asset = "USDT";

    /// <summary>Decimals of money.</summary>
    public const int Decimals = 8;

    private readonly Queue<Income> _income = new();
    private long _nextIncomeId = 1;
    private long _nextFillId = 1;

    /// <summary>Without unrealized profit.</summary>
    public decimal Wallet { get; private set; } = options.StartBalance;

    public long UpdatedMs { get; private set; }

    /// <summary>The rows that are kept, the oldest first.</summary>
    public IEnumerable<Income> Income => _income;

    /// <summary>Books a fill.</summary>
    public Fill Trade(Order order, decimal price, decimal quantity, bool isMaker, long timeMs)
    {
        var commission = Math.Round(price * quantity * (isMaker ? options.MakerRate : options.TakerRate), Decimals);
        var realized = order.Desk.Position.Apply(order.Side, price, quantity, commission, timeMs);
        var fill = new Fill(_nextFillId++, order, price, quantity, commission, realized, isMaker, timeMs);
        var symbol = order.Desk.Symbol.Symbol.Name;
        if (realized != 0) Book(symbol, "REALIZED_PNL", realized, timeMs, fill.Id);
        if (commission != 0) Book(symbol, "COMMISSION", -commission, timeMs, fill.Id);
        return fill;
    }

    /// <summary>Books a funding payment.</summary>
    /// <returns>What was received; below 0 is paid. Null without a position.</returns>
    public decimal? Fund(SymbolDesk desk, in FundingRate funding)
    {
        if (desk.Position.Amount == 0) return null;
        var amount = Math.Round(-desk.Position.Amount * funding.Mark * funding.Rate, Decimals);
        desk.Position.Pay(amount, funding.TimeMs);
        if (amount != 0) Book(desk.Symbol.Symbol.Name, "FUNDING_FEE", amount, funding.TimeMs, null);
        return amount;
    }

    /// <summary>Forgets what is older.</summary>
    public void Purge(long beforeMs)
    {
        while (_income.TryPeek(out var oldest) && oldest.TimeMs < beforeMs) _income.Dequeue();
    }

    private void Book(string symbol, string type, decimal amount, long timeMs, long? fillId)
    {
        Wallet += amount;
        UpdatedMs = timeMs;
        _income.Enqueue(new(_nextIncomeId++, symbol, type, amount, timeMs, fillId));
        if (_income.Count > options.IncomeKept) _income.Dequeue();
    }
}
