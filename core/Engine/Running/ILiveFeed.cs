using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Running;

/// <summary>A feed whose next candles come when an exchange sends them: nobody can set its pace.</summary>
public interface ILiveFeed : IMarketFeed
{
    /// <summary>
    /// Closing times up to here are read from what was stored before the streams were heard: what is decided on them comes
    /// too late to be acted on.
    /// </summary>
    long StoredUntilMs { get; }

    /// <summary>
    /// Returns when the batch that closes at <see cref="IMarketFeed.NextCloseMs"/> may be read: everything due is in, or
    /// what is missing has been waited for long enough. Past candles that are there already cost no wait.
    /// </summary>
    ValueTask WaitAsync(CancellationToken cancel);

    /// <summary>What candles cannot tell, as it is known now; unavailable while past candles are read.</summary>
    MarketContext ContextOf(Symbol symbol);
}
