namespace FuturesBot.Simulator.Trading;

/// <summary>The position in one contract, one-way mode.</summary>
internal sealed class Position
{
    private decimal _cost;
    private decimal _cash;

    /// <summary>Base units; below 0 is short.</summary>
    public decimal Amount { get; private set; }

    /// <summary>USDT realized since the beginning, without commission.</summary>
    public decimal Realized { get; private set; }

    public long UpdatedMs { get; private set; }

    /// <summary>Average of the fills that opened it; 0 without a position.</summary>
    public decimal EntryPrice => Amount == 0 ? 0 : Math.Round(_cost / Amount, Account.Decimals);

    /// <summary>
    /// The price at which closing gives back all that it has cost since it was opened, commissions paid so far
    /// included.
    /// </summary>
    public decimal BreakEvenPrice => Amount == 0 ? 0 : Math.Round(-_cash / Amount, Account.Decimals);

    /// <summary>USDT.</summary>
    public decimal Unrealized(decimal price) => Math.Round((Amount * price) - _cost, Account.Decimals);

    /// <summary>How much an order of this side can close.</summary>
    public decimal Closable(OrderSide side) => Math.Max(0, -(int)side * Amount);

    /// <summary>Takes a fill in.</summary>
    /// <returns>Profit that it realizes, eight decimals.</returns>
    /// <remarks>
    /// What rounding leaves over stays in the cost of what is still open, so nothing is lost before the
    /// position is closed. Ticks and steps whose decimals sum to at most eight never round.
    /// </remarks>
    public decimal Apply(OrderSide side, decimal price, decimal quantity, decimal commission, long timeMs)
    {
        UpdatedMs = timeMs;
        var closing = Math.Min(quantity, Closable(side));
        var opening = quantity - closing;
        var realized = 0m;
        if (closing > 0)
        {
            var whole = closing == Math.Abs(Amount);
            var sign = Math.Sign(Amount);
            var proceeds = price * closing * sign;
            var cost = whole ? _cost : _cost * closing / Math.Abs(Amount);
            realized = Math.Round(proceeds - cost, Account.Decimals);
            (_cost, _cash) = whole ? (0, 0) : (_cost - (proceeds - realized), _cash + proceeds - commission);
            Amount -= sign * closing;
        }

        if (opening > 0)
        {
            var signed = (int)side * opening;
            _cost += price * signed;
            // The commission of a fill that turns the position counts wholly for the new one.
            _cash -= (price * signed) + commission;
            Amount += signed;
        }

        Realized += realized;
        return realized;
    }

    /// <summary>A funding payment changes the break-even price.</summary>
    public void Pay(decimal amount, long timeMs)
    {
        _cash += amount;
        UpdatedMs = timeMs;
    }
}
