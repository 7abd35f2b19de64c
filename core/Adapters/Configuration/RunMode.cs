namespace FuturesBot.Adapters.Configuration;

/// <summary>What happens with a signal.</summary>
public enum RunMode
{
    /// <summary>It is shown and tracked; no order is placed.</summary>
    Signals,

    /// <summary>It is traded with simulated fills.</summary>
    Paper,

    /// <summary>It is traded with real money.</summary>
    Live,
}
