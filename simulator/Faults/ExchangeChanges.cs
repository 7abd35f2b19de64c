namespace FuturesBot.Simulator.Faults;

/// <summary>
/// The exchange's changes that this simulator can undo, each on by default: switched off, it behaves as before that day. A
/// script names them by their property in small first letter, such as <c>"algoService": false</c>.
/// </summary>
public sealed record ExchangeChanges
{
    /// <summary>2025-07-02: 1,024 streams per connection; before, 200.</summary>
    public bool ManyStreams { get; init; } = true;

    /// <summary>2025-10-09: a symbol with Chinese letters is listed.</summary>
    public bool ChineseSymbols { get; init; } = true;

    /// <summary>2025-10-23: <c>er</c>, the reason of an expiry, in ORDER_TRADE_UPDATE.</summary>
    public bool ExpiryReason { get; init; } = true;

    /// <summary>2025-10-23: no <c>OPPONENT_10</c> and <c>OPPONENT_20</c> for <c>priceMatch</c> (−5037).</summary>
    public bool NoDeepOpponents { get; init; } = true;

    /// <summary>2025-11-14: <c>!ticker@arr</c> acknowledges and sends nothing; before, all tickers every two seconds.</summary>
    public bool NoTickerArray { get; init; } = true;

    /// <summary>
    /// 2025-12-09: stops only through /fapi/v1/algoOrder (−4120), which needs no margin before the trigger; before, through
    /// /fapi/v1/order, with margin, an order's id and an order's events, and a refusal at the trigger as CONDITIONAL_ORDER_TRIGGER_REJECT
    /// (deprecated on 2025-12-15). The paths of the algo service are then unknown.
    /// </summary>
    public bool AlgoService { get; init; } = true;

    /// <summary>2025-12-29: no MAX_NUM_ALGO_ORDERS in exchangeInfo; before, a filter with a limit.</summary>
    public bool NoAlgoOrdersFilter { get; init; } = true;

    /// <summary>2025-12-31: <c>nq</c>, quantity without RPI orders, in aggTrade.</summary>
    public bool RpiQuantity { get; init; } = true;

    /// <summary>2026-01-15: signatures are of the percent-encoded text; before, of the decoded one too.</summary>
    public bool EncodedSignature { get; init; } = true;

    /// <summary>2026: contracts on stocks (TRADIFI_PERPETUAL) are listed beside coins.</summary>
    public bool TradFi { get; init; } = true;

    /// <summary>2026-04-23: streams only on /public, /market and /private; before, on /ws and /stream.</summary>
    public bool StreamRoutes { get; init; } = true;

    /// <summary>2026-06: answers to queries for conditional orders have no nested stop-loss and take-profit prices.</summary>
    public bool NoNestedAlgoPrices { get; init; } = true;

    /// <summary>2026-06-30: arrays of all markets carry COIN-M contracts too, told apart by <c>st</c>.</summary>
    public bool CoinMarginedMerged { get; init; } = true;

    /// <summary>mid-2026: <c>rateType</c> in rows of fundingRate.</summary>
    public bool FundingRateType { get; init; } = true;

    /// <summary>2026-07-15: answers to placing, changing and cancelling have no <c>avgPrice</c> and <c>cumQuote</c>.</summary>
    public bool NoFillsInAnswers { get; init; } = true;

    /// <summary>2026-07-28: <c>modifyId</c> in the answer to changing an order.</summary>
    public bool ModifyId { get; init; } = true;

    /// <summary>2026-08-21: <c>ia</c> in ALGO_UPDATE.</summary>
    public bool AlgoInstance { get; init; } = true;

    /// <summary>2026-08-25: allOrders without a symbol; before, it was mandatory.</summary>
    public bool AllOrdersOfAllSymbols { get; init; } = true;

    /// <summary>2026-08-26: user trades reach back 3 months; before, 6.</summary>
    public bool ShortTradeHistory { get; init; } = true;

    /// <summary>Not yet: no listen keys for futures, as spot lost them on 2026-02-20. Off by default.</summary>
    public bool NoListenKeys { get; init; }
}
