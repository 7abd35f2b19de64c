using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// A streaming indicator: one O(1) <see cref="Update"/> per closed input, without allocation. A batch
/// is a fold over it, so that live and backtest share one recurrence.
/// </summary>
/// <typeparam name="TIn">A closed <see cref="Candle"/> or a plain value such as its close.</typeparam>
/// <typeparam name="TOut">The value; NaN (in every field) while warming up.</typeparam>
public interface IIndicator<TIn, out TOut> : IStateful
{
    /// <summary>Number of inputs after which the first finite value appears.</summary>
    int WarmupBars { get; }

    /// <summary>Folds the next input in and returns the value at it.</summary>
    TOut Update(in TIn input);
}
