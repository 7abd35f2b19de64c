namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Why a socket ended.</summary>
internal enum EndReason
{
    /// <summary>We closed it.</summary>
    Ours,

    /// <summary>It could not be opened.</summary>
    Unreachable,

    /// <summary>The exchange closed it.</summary>
    Closed,

    /// <summary>It broke.</summary>
    Cut,

    /// <summary>A message was larger than any real one.</summary>
    Oversized,

    /// <summary>A subscription was not acknowledged in time.</summary>
    Unanswered,

    /// <summary>No data came.</summary>
    Silent,

    /// <summary>What stands behind it is gone: a listen key has died.</summary>
    Replaced,
}
