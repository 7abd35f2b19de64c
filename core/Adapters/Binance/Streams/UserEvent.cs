namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>What the exchange tells about the account, and what becomes of the telling itself.</summary>
/// <param name="EventMs">When the exchange sent it (<c>E</c>), market time, UTC, Unix milliseconds.</param>
/// <param name="TransactionMs">When it happened (<c>T</c>); the same as <paramref name="EventMs"/> where none is sent.</param>
public abstract record UserEvent(long EventMs, long TransactionMs)
{
    /// <summary><c>ORDER_TRADE_UPDATE</c>.</summary>
    public sealed record OrderChanged(long EventMs, long TransactionMs, OrderUpdate Order) : UserEvent(EventMs, TransactionMs);

    /// <summary><c>ALGO_UPDATE</c>. A trailing stop may be told as new twice: it is known by id, status and activation.</summary>
    public sealed record AlgoOrderChanged(long EventMs, long TransactionMs, AlgoOrderUpdate Order) : UserEvent(EventMs, TransactionMs);

    /// <summary><c>ACCOUNT_UPDATE</c>: what has changed, and nothing else.</summary>
    /// <param name="Reason">As sent: <c>ORDER</c>, <c>FUNDING_FEE</c>, <c>DEPOSIT</c> …</param>
    public sealed record AccountChanged(
        long EventMs, long TransactionMs, string Reason, IReadOnlyList<BalanceUpdate> Balances,
        IReadOnlyList<PositionUpdate> Positions) : UserEvent(EventMs, TransactionMs);

    /// <summary><c>TRADE_LITE</c>: a fill, told earlier and shorter than by the order's update.</summary>
    public sealed record Traded(long EventMs, long TransactionMs, TradeUpdate Trade) : UserEvent(EventMs, TransactionMs);

    /// <summary><c>MARGIN_CALL</c>: these positions are near their liquidation.</summary>
    /// <param name="CrossWallet">Quote units; null when not sent.</param>
    public sealed record MarginCalled(
        long EventMs, long TransactionMs, decimal? CrossWallet, IReadOnlyList<MarginPosition> Positions)
        : UserEvent(EventMs, TransactionMs);

    /// <summary><c>ACCOUNT_CONFIG_UPDATE</c>: a symbol's leverage, or the multi-assets mode.</summary>
    /// <param name="Leverage">Null when something else changed.</param>
    /// <param name="MultiAssets">Null when something else changed.</param>
    public sealed record ConfigurationChanged(long EventMs, long TransactionMs, LeverageUpdate? Leverage, bool? MultiAssets)
        : UserEvent(EventMs, TransactionMs);

    /// <summary><c>listenKeyExpired</c>: nothing more comes on this connection. A new one is on its way.</summary>
    public sealed record ListenKeyExpired(long EventMs, long TransactionMs) : UserEvent(EventMs, TransactionMs);

    /// <summary>One that is not known here.</summary>
    /// <param name="Type">The exchange's name for it.</param>
    /// <param name="Json">All of it.</param>
    public sealed record Unknown(long EventMs, long TransactionMs, string Type, string Json) : UserEvent(EventMs, TransactionMs);

    /// <summary>
    /// Not from the exchange: events may have been missed before this one. Whoever keeps orders and positions asks for
    /// them now; what follows continues from here.
    /// </summary>
    public sealed record Resynced(long EventMs, long TransactionMs, string Reason) : UserEvent(EventMs, TransactionMs);
}
