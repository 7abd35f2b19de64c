using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Adapters.Configuration;

/// <summary>How the exchange is reached, and how much of its limits is ours.</summary>
public sealed record ExchangeOptions
{
    /// <summary>Base address of REST; empty for that of the chosen exchange.</summary>
    public string Rest { get; init; } = "";

    /// <summary>Base address of the streams; empty for that of the chosen exchange.</summary>
    public string Streams { get; init; } = "";

    /// <summary>Base address of the archive of candle files; empty for that of the chosen exchange.</summary>
    public string Archive { get; init; } = "";

    /// <summary>Base address where a key's permissions are read; empty for that of the chosen exchange.</summary>
    public string Spot { get; init; } = "";

    /// <summary>
    /// Proxy for REST, streams and archive: http://host:port or socks5://host:port; empty for none. Its user and password
    /// come from FUTURESBOT_PROXY_USER and FUTURESBOT_PROXY_PASSWORD.
    /// </summary>
    public string Proxy { get; init; } = "";

    /// <summary>How old a signed request may be when it arrives, milliseconds of market time.</summary>
    [Range(100, 60_000)] public int RecvWindowMs { get; init; } = 5_000;

    /// <summary>Longest wait for one answer, milliseconds.</summary>
    [Range(500, 120_000)] public int TimeoutMs { get; init; } = 10_000;

    /// <summary>Connections that REST may hold at once.</summary>
    [Range(1, 256)] public int ConnectionsMax { get; init; } = 16;

    /// <summary>Longest answer that is read, MiB. All symbols take about 1.</summary>
    [Range(1, 256)] public int AnswerMaxMib { get; init; } = 32;

    /// <summary>Repeats of a request that may be repeated.</summary>
    [Range(0, 10)] public int RetriesMax { get; init; } = 4;

    /// <summary>Wait before the first repeat, milliseconds; it doubles each time, with jitter.</summary>
    [Range(10, 10_000)] public int RetryFirstMs { get; init; } = 250;

    /// <summary>Longest wait before a repeat, milliseconds.</summary>
    [Range(100, 120_000)] public int RetryLongestMs { get; init; } = 8_000;

    /// <summary>Request weight that the exchange allows to an address per minute.</summary>
    [Range(100, 100_000)] public int WeightPerMinute { get; init; } = 2_400;

    /// <summary>Our share of it; the rest is for requests in flight and for other programs behind this address.</summary>
    [Range(0.05, 0.95)] public double WeightShare { get; init; } = 0.55;

    /// <summary>Part of our weight that only stops and closings may use.</summary>
    [Range(0, 0.2)] public double ProtectiveReserve { get; init; } = 0.05;

    /// <summary>Part that is kept for finding out what the exchange has, besides.</summary>
    [Range(0, 0.2)] public double ReconcileReserve { get; init; } = 0.05;

    /// <summary>Part that is kept for opening positions, besides.</summary>
    [Range(0, 0.2)] public double EntryReserve { get; init; } = 0.03;

    /// <summary>Part that is kept for the market now, besides; history has what is left.</summary>
    [Range(0, 0.3)] public double MarketDataReserve { get; init; } = 0.07;

    /// <summary>Requests that may wait for weight at once; what comes then takes the place of a less urgent one, or fails.</summary>
    [Range(16, 100_000)] public int WaitingMax { get; init; } = 5_000;

    /// <summary>Longest time between two readings of the exchange's clock, minutes.</summary>
    [Range(1, 1_440)] public int ClockSyncMinutes { get; init; } = 30;
}
