namespace FuturesBot.Engine.Ports;

/// <summary>What an alert is about.</summary>
public enum AlertKind
{
    /// <summary>The exchange has banned this address for a while (418).</summary>
    Ban,

    /// <summary>Candles are missing, doubled or impossible and could not be mended.</summary>
    DataIntegrity,

    /// <summary>An order book cannot be held in step.</summary>
    Book,

    /// <summary>A stream is silent or cannot be had.</summary>
    Stream,

    /// <summary>The exchange refuses this place or these keys (403, 451, −2014, −2015), or speaks in a form that is not known.</summary>
    Exchange,

    /// <summary>A part of the system does not work any more, or contradicts another; or does so no longer.</summary>
    Part,
}
