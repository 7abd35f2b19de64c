namespace FuturesBot.Engine.Telemetry;

/// <summary>The legs of a candle's way, values of <see cref="Attributes.Stage"/>.</summary>
public static class Stages
{
    /// <summary>From the event time of a closed candle to its arrival.</summary>
    public const string Received = "received";

    /// <summary>From the closing time to the decision on it.</summary>
    public const string Decided = "decided";

    /// <summary>Of that, the computing alone.</summary>
    public const string Computed = "computed";

    /// <summary>From the decision to its commit.</summary>
    public const string Committed = "committed";

    /// <summary>From the commit until everything in it is told.</summary>
    public const string Told = "told";

    /// <summary>From the making of a message until the messenger had it.</summary>
    public const string Sent = "sent";
}
