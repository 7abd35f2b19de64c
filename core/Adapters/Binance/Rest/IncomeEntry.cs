using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>A movement of the account.</summary>
/// <param name="Symbol">Null where it belongs to none, such as a transfer.</param>
/// <param name="Type">As sent: <c>REALIZED_PNL</c>, <c>COMMISSION</c>, <c>FUNDING_FEE</c>, <c>TRANSFER</c> …</param>
/// <param name="Amount">In <paramref name="Asset"/>; negative is paid.</param>
/// <param name="Asset">Such as <c>USDT</c>.</param>
/// <param name="TransactionId">Unique within a type and account.</param>
/// <param name="TradeId">Null where it belongs to no trade.</param>
/// <param name="TimeMs">UTC, Unix milliseconds.</param>
public sealed record IncomeEntry(
    Symbol? Symbol, string Type, decimal Amount, string Asset, long TransactionId, long? TradeId, long TimeMs);
