using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>How streams are held. Times are wall time unless they say market time.</summary>
public sealed record StreamOptions
{
    /// <summary>Streams that share a connection. The exchange allows 1024; less is lost with a cut when they are fewer.</summary>
    [Range(1, 1024)] public int StreamsPerConnection { get; init; } = 200;

    /// <summary>Streams in one SUBSCRIBE message.</summary>
    [Range(1, 200)] public int StreamsPerMessage { get; init; } = 50;

    /// <summary>
    /// Messages a second that are sent on a connection. The exchange cuts a connection that sends more than 10, and its
    /// own pings are answered on top of these.
    /// </summary>
    [Range(0.5, 8)] public double MessagesPerSecond { get; init; } = 4;

    /// <summary>Seconds until a connection must stand.</summary>
    [Range(1, 120)] public double ConnectSeconds { get; init; } = 10;

    /// <summary>Seconds until a subscription must be acknowledged.</summary>
    [Range(1, 120)] public double ReplySeconds { get; init; } = 10;

    /// <summary>Seconds without any data after which a connection counts as dead, whatever it acknowledges (spec 3.6).</summary>
    [Range(1, 600)] public double SilenceSeconds { get; init; } = 10;

    /// <summary>Seconds of market time after its close by which a closed candle must have come (spec 3.6).</summary>
    [Range(1, 600)] public double CandleSeconds { get; init; } = 5;

    /// <summary>Slack on top of that, as a fraction of the candle's length (spec 3.6).</summary>
    [Range(0, 1)] public double CandleSlack { get; init; } = 0.01;

    /// <summary>Seconds of wall time that a closed candle may always take, however fast market time runs.</summary>
    [Range(0.1, 600)] public double CandleWallSeconds { get; init; } = 3;

    /// <summary>Hours after which a second connection takes over; the exchange cuts each at 24.</summary>
    [Range(0.01, 23.9)] public double RenewHours { get; init; } = 23;

    /// <summary>Minutes up to which renewals are moved forward by chance, so that connections do not renew together.</summary>
    [Range(0, 600)] public double RenewSpreadMinutes { get; init; } = 30;

    /// <summary>
    /// Seconds that the old connection runs on after the new one is subscribed and has data: longer than the one may be
    /// behind the other.
    /// </summary>
    [Range(0.1, 60)] public double OverlapSeconds { get; init; } = 2;

    /// <summary>Seconds at least between renewals of a connection because one of its streams is silent; doubles while it stays so.</summary>
    [Range(1, 3600)] public double RenewPauseSeconds { get; init; } = 60;

    /// <summary>Longest wait before the first new attempt, seconds; the wait is drawn from 0 up and doubles (full jitter).</summary>
    [Range(0.05, 60)] public double BackoffFirstSeconds { get; init; } = 0.5;

    /// <summary>Longest wait before any attempt, seconds.</summary>
    [Range(1, 3600)] public double BackoffLongestSeconds { get; init; } = 60;

    /// <summary>Seconds of data after which earlier failures are forgotten.</summary>
    [Range(1, 3600)] public double StableSeconds { get; init; } = 60;

    /// <summary>Failures in a row after which people are told.</summary>
    [Range(1, 100)] public int AlertAfter { get; init; } = 3;

    /// <summary>Largest message that is taken, MiB; a server that sends a larger one is left.</summary>
    [Range(1, 64)] public int MessageMaxMib { get; init; } = 8;

    /// <summary>What is kept of a new connection until it takes over, MiB; it takes over at once when that is reached.</summary>
    [Range(1, 1024)] public int HeldMaxMib { get; init; } = 64;

    /// <summary>New connections in five minutes, all of this process together. The exchange allows 300 for an address.</summary>
    [Range(1, 300)] public int ConnectionsPerFiveMinutes { get; init; } = 200;

    /// <summary>How user events are asked for.</summary>
    public UserStreamForm UserStreamForm { get; init; } = UserStreamForm.Subscribe;

    /// <summary>Milliseconds that a user event waits for one that happened before it.</summary>
    [Range(0, 5000)] public int UserWindowMs { get; init; } = 50;

    /// <summary>Minutes of market time between two signs of life for the listen key; it dies at 60.</summary>
    [Range(1, 55)] public double KeepAliveMinutes { get; init; } = 30;
}
