using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Scoring;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Backtesting;

namespace FuturesBot.Engine.Running;

/// <summary>What page and chat both read off a running system. Whoever calls holds <see cref="MarketRunner.Gate"/>.</summary>
public static class RunReading
{
    /// <summary>Close of the newest candle of the shortest frame; NaN when there is none.</summary>
    public static double LastPrice(this MarketRunner runner, Symbol symbol)
    {
        foreach (var frame in TimeFrames.All)
        {
            if (runner.Shelf.Last(new(symbol, frame)) is { } candle) return candle.Close;
        }

        return double.NaN;
    }

    /// <summary>Change of the last price over 24 hours, percent; NaN before they are there.</summary>
    public static double Change24h(this MarketRunner runner, Symbol symbol)
    {
        var hours = runner.Shelf.Newest(new(symbol, TimeFrame.H1), 24);
        return hours.Length < 24 ? double.NaN : ((runner.LastPrice(symbol) / hours[0].Open) - 1) * 100;
    }

    /// <summary>A signal's state with the quiet bars since it was last told.</summary>
    public static SignalState StateOf(this MarketRunner runner, SignalRecord record)
    {
        var symbol = record.State.Plan.Symbol;
        foreach (var desk in runner.Pipeline.Desks)
        {
            if (desk.Symbol != symbol) continue;
            foreach (var tracker in desk.Live)
            {
                if (tracker.Plan.Id == record.State.Plan.Id) return tracker.State;
            }
        }

        return record.State;
    }

    /// <summary>The closed trades of a run that closed at or after a moment, shadowed ones included; the last closed first.</summary>
    public static List<TradeRecord> TradesSince(this SignalBook signals, long fromMs) =>
        [.. signals.Ended
            .Where(record => record.State is SignalState.Closed closed && closed.Result.ClosedAtMs >= fromMs)
            .Select(record => TradeRecords.Of(
                record.State.Plan, ((SignalState.Closed)record.State).Result,
                new Score(record.ScoreParts, record.State.Plan.Score, 0, 0, 0), record.Regime))];

    /// <summary>Result in R at a price, closed parts included, before fees; NaN without a price.</summary>
    public static double NowR(TradePlan plan, Position position, double last)
    {
        if (double.IsNaN(last) || position.Risk == 0) return double.NaN;
        var open = plan.Dir * ((decimal)last - position.Entry) * position.Remaining;
        var done = position.Exits.Sum(exit => plan.Dir * (exit.Price - position.Entry) * exit.Fraction);
        return (double)((open + done) / position.Risk);
    }

    /// <summary>What the present stop would cost, in percent of equity; NaN when unknown, ended or only followed.</summary>
    public static double RiskPercent(SignalState state, decimal equity)
    {
        if (state.IsFinal || equity <= 0 || state.Plan.Execution != TradePlan.Primary) return double.NaN;
        var plan = state.Plan;
        var risk = state.Live is { } position
            ? Math.Max(0, plan.Dir * (position.Entry - position.Stop)) * position.Remaining * position.Quantity
            : plan.Risk * plan.Quantity;
        return (double)(risk / equity * 100);
    }

    /// <summary>Of the last questions of a strategy and side the one that came nearest to firing.</summary>
    /// <param name="asked">At least one.</param>
    public static AskedSetup Nearest(IEnumerable<AskedSetup> asked) =>
        asked.MinBy(one => (Distance(one.Status), one.Failed, -one.CloseMs))
        ?? throw new ArgumentException("There were no questions", nameof(asked));

    /// <summary>How far a question was from firing: 0 fired, 1 all but one, then not met, not answered, not reached.</summary>
    public static int Distance(DecisionStatus status) => status switch
    {
        DecisionStatus.Fired => 0,
        DecisionStatus.NearMiss => 1,
        DecisionStatus.NotMet => 2,
        DecisionStatus.Unavailable => 3,
        _ => 4,
    };
}
