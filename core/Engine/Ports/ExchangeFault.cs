namespace FuturesBot.Engine.Ports;

/// <summary>Why the exchange did not answer a question.</summary>
public enum ExchangeFault
{
    /// <summary>No connection, or no answer in time.</summary>
    Unreachable,

    /// <summary>It is overloaded or broken; the repeats that are allowed are used up.</summary>
    Overloaded,

    /// <summary>Its limit is reached (429): everything waits until it says otherwise.</summary>
    Limited,

    /// <summary>It has banned this address for a while (418): everything waits until the ban ends.</summary>
    Banned,

    /// <summary>It serves neither this place nor these keys (403, 451, −2014, −2015): a person has to act.</summary>
    Forbidden,

    /// <summary>It refuses this request as it is.</summary>
    Rejected,

    /// <summary>It answered in a form that cannot be read.</summary>
    Malformed,

    /// <summary>Too many requests wait on this side already.</summary>
    Busy,
}
