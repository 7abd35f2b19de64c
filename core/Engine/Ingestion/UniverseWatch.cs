using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>Reads the exchange's list anew from time to time. A reading that fails changes nothing and is soon repeated.</summary>
public sealed class UniverseWatch(
    IExchangeMarket market,
    SymbolUniverse universe,
    IExchangeClock clock,
    UniverseOptions options,
    TimeProvider time,
    IIngestionListener? listener = null)
{
    // After a failed reading, wall time.
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    /// <summary>Reads the list once.</summary>
    /// <param name="isBusy">True while something of a symbol is open.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task<UniverseChange> RefreshAsync(Func<Symbol, bool> isBusy, CancellationToken cancel = default) =>
        universe.Refresh(await market.SymbolsAsync(cancel), await market.QuoteVolumesAsync(cancel), isBusy);

    /// <summary>Reads the list again and again until it is cancelled, the first time after one interval.</summary>
    /// <param name="isBusy">True while something of a symbol is open.</param>
    /// <param name="onRefreshed">Told of each reading; its end is waited for.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task RunAsync(Func<Symbol, bool> isBusy, Func<UniverseChange, Task> onRefreshed, CancellationToken cancel = default)
    {
        var due = clock.NowMs;
        while (true)
        {
            due = Math.Max(due + (options.RefreshMinutes * TimeFrame.M1.Ms()), clock.NowMs);
            await clock.UntilAsync(due, time, cancel);
            while (true)
            {
                try
                {
                    await onRefreshed(await RefreshAsync(isBusy, cancel));
                    break;
                }
                catch (Exception e) when (!cancel.IsCancellationRequested)
                {
                    listener?.Failed("reading the exchange's symbols", e);
                }

                await Task.Delay(Again, time, cancel);
            }
        }
    }
}
