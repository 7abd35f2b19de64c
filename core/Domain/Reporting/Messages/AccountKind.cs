namespace FuturesBot.Domain.Reporting;

/// <summary>Whose money a signal moves.</summary>
public enum AccountKind
{
    /// <summary>Nobody's: signals are followed by prices.</summary>
    Signals,

    /// <summary>A practice account, reckoned here.</summary>
    Paper,

    /// <summary>An account of the exchange's test network.</summary>
    Testnet,

    /// <summary>A real one.</summary>
    Live,
}
