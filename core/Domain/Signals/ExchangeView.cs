namespace FuturesBot.Domain.Signals;

/// <summary>Whether the exchange's side of the signal is known (spec 2.11, 2.12).</summary>
public enum ExchangeView
{
    /// <summary>Every request has a definite answer.</summary>
    Known,

    /// <summary>A request ended without one; a query must resolve it.</summary>
    Unknown,
}
