namespace FuturesBot.Engine.Telemetry;

/// <summary>Which ids the events of the logs have: the first id of each part's hundred, and the last of all.</summary>
public static class LogEvents
{
    /// <summary>The exchange: requests, budget and bans.</summary>
    public const int Exchange = 2100;

    /// <summary>Streams and their connections.</summary>
    public const int Streams = 2200;

    /// <summary>Ingestion: history, checks, repairs.</summary>
    public const int Ingestion = 2300;

    /// <summary>A run: start, end, signals, what is told.</summary>
    public const int Run = 3000;

    /// <summary>Exchange session, its watches and symbols.</summary>
    public const int Session = 3100;

    /// <summary>Chat.</summary>
    public const int Chat = 3200;

    /// <summary>Export of spans, metrics and logs.</summary>
    public const int Telemetry = 3300;

    /// <summary>The page.</summary>
    public const int Page = 6000;

    /// <summary>Sidecar, queues and functions.</summary>
    public const int Cloud = 7000;

    /// <summary>No id lies above.</summary>
    public const int Last = 7999;
}
