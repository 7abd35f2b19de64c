namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>Mark price and funding (<c>markPriceUpdate</c>). What was not sent is null.</summary>
/// <param name="SymbolIndex">In the <see cref="SymbolTable"/>.</param>
/// <param name="EventMs">UTC, Unix milliseconds.</param>
/// <param name="MarkPrice">Units of 10⁻⁸ quote.</param>
/// <param name="IndexPrice">Units of 10⁻⁸ quote.</param>
/// <param name="AveragePrice">Moving average of the mark price, units of 10⁻⁸ quote.</param>
/// <param name="SettlePrice">Estimated settlement price, units of 10⁻⁸ quote; of use in the last hour only.</param>
/// <param name="FundingRate">Predicted, units of 10⁻⁸; may be negative; null for contracts without funding.</param>
/// <param name="NextFundingMs">UTC, Unix milliseconds; null for contracts without funding.</param>
public readonly record struct MarkPriceUpdate(
    int SymbolIndex, long EventMs, long MarkPrice, long? IndexPrice, long? AveragePrice, long? SettlePrice,
    long? FundingRate, long? NextFundingMs);
