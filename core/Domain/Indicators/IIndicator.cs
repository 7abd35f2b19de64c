using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Indicators;

/// <summary>
/// A streaming indicator: one O(1) <see cref="Update"/> per closed input, without allocation. A batch
/// is a fold over it, so that live and backtest share one recurrence.
/// An input that is not a finite number is unavailable: it gives NaN and leaves the memory as it was, so
/// that indicators chain without a guard.
/// </summary>
/// <typeparam name="TIn">A closed <see cref="Candle"/> or a plain value such as its close.</typeparam>
/// <typeparam name="TOut">
/// The value; NaN while warming up. A reading of several fields shows each field as soon as it is defined.
/// </typeparam>
public interface IIndicator<TIn, out TOut> : IStateful
{
    /// <summary>Number of inputs after which the value is first available, in every field.</summary>
    int WarmupBars { get; }

    /// <summary>Folds the next input in and returns the value at it.</summary>
    TOut Update(in TIn input);
}
