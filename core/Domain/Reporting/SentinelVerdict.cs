namespace FuturesBot.Domain.Reporting;

/// <summary>What the score sentinel thinks of one score or score part.</summary>
public enum SentinelVerdict
{
    /// <summary>Too few trades, no spread, or the input was mostly unavailable.</summary>
    CannotSay,

    /// <summary>More points went with better results.</summary>
    InOrder,

    /// <summary>
    /// More points did not go with better results: rank correlation at or below 0. An alert.
    /// </summary>
    Inverted,

    /// <summary>The part was there and never gave a point. An alert.</summary>
    NeverFires,
}
