namespace FuturesBot.Domain.Signals;

/// <summary>Who says that an order was filled.</summary>
public enum FillSource
{
    /// <summary>The price path, by the pessimistic rules of the backtest: signals mode, paper, backtest.</summary>
    Prices,

    /// <summary>The exchange: prices only move the trail, the time stops and MFE/MAE.</summary>
    Exchange,
}
