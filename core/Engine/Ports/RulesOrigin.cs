namespace FuturesBot.Engine.Ports;

/// <summary>Where the rules of a symbol come from; reports say which (spec 2.17).</summary>
public enum RulesOrigin
{
    /// <summary>The exchange's own filters, from an exchangeInfo.</summary>
    ExchangeInfo,

    /// <summary>Tick inferred from the prices; the rest are defaults.</summary>
    Prices,
}
