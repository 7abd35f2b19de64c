using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;

namespace FuturesBot.Domain;

/// <summary>The balance that sizes are taken from: what was there at the start and what closed trades made of it.</summary>
public sealed class Account(decimal startingBalance) : IStateful
{
    private decimal _equity = startingBalance;

    /// <summary>Closed trades included, open ones not; USDT.</summary>
    public decimal Equity => _equity;

    public void Close(TradePlan plan, TradeResult result)
    {
        if (plan.Execution != TradePlan.Primary) return;
        _equity += result.NetR * result.Risk * result.Quantity;
    }

    /// <summary>Goes on from a balance that was kept, where the account's own state was not.</summary>
    public void Resume(decimal equity) => _equity = equity;

    /// <summary>Loss if every stop of the live and pending primary signals were hit, USDT.</summary>
    public static decimal OpenRisk(IEnumerable<SymbolDesk> desks)
    {
        var risk = 0m;
        foreach (var desk in desks)
        {
            foreach (var tracker in desk.Live)
            {
                if (tracker.Plan.Execution != TradePlan.Primary) continue;
                var state = tracker.State;
                risk += state.Live is { } position
                    ? Math.Max(0, state.Plan.Dir * (position.Entry - position.Stop)) * position.Remaining * position.Quantity
                    : state.Plan.Risk * state.Plan.Quantity;
            }
        }

        return risk;
    }

    public void Carry(StateCarrier carrier)
    {
        carrier.Part("account", 1);
        carrier.Carry(ref _equity);
    }
}
