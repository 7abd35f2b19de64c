namespace FuturesBot.Domain.Reporting;

/// <summary>What a free-text alert is about.</summary>
public enum AlertTopic
{
    /// <summary>The address is banned for a while.</summary>
    Ban,

    /// <summary>Candles are missing or impossible.</summary>
    DataIntegrity,

    /// <summary>An order book is out of step.</summary>
    Book,

    /// <summary>A stream is silent.</summary>
    Stream,

    /// <summary>The exchange refuses this place or these keys.</summary>
    Exchange,

    /// <summary>A limit or a missing stop.</summary>
    Protection,
}
