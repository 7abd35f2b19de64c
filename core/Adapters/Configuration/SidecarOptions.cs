using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Adapters.Configuration;

/// <summary>The sidecar: the process that holds the market, where decisions are taken elsewhere.</summary>
public sealed record SidecarOptions
{
    /// <summary>
    /// The exchange that it speaks to; of a simulated one that runs as a process of its own, exchange.rest, exchange.streams and
    /// exchange.archive say where it is.
    /// </summary>
    [AllowedValues("binance", "demo", "simulated")] public string Exchange { get; init; } = "binance";

    /// <summary>Market time per wall time; above or below 1 on a simulated exchange only.</summary>
    [Range(0.1, 100_000)] public double Speed { get; init; } = 1;

    /// <summary>Name of the portfolio whose market it holds.</summary>
    [RegularExpression("^[a-z][a-z0-9]{0,19}$")] public string Shard { get; init; } = "main";

    /// <summary>Days for which published batches are kept; a kernel that was away for longer goes on from stored candles.</summary>
    [Range(1, 14)] public int BatchDays { get; init; } = 2;

    /// <summary>
    /// Candles that a chart of its page shows. They are read from the store when somebody looks; in memory are the charts that were looked
    /// at last (charts).
    /// </summary>
    [Range(100, 1_500)] public int ChartCandles { get; init; } = 500;

    /// <summary>
    /// Charts kept in memory, 37 to 147 KB each: one is a symbol in one frame, and a page with indicators needs 1h and 4h beside its own. At
    /// the bound the one goes that nobody has looked at for longest.
    /// </summary>
    [Range(3, 200)] public int Charts { get; init; } = 48;

    /// <summary>
    /// Wall seconds that the lease of the market outlives a process that was killed; a second one takes over at most a second later, and
    /// needs two more until it publishes.
    /// </summary>
    [Range(7, 60)] public int LeaseSeconds { get; init; } = 20;

    /// <summary>Wall seconds between two signs of life of its holder, at least five less than it lasts; each is a transaction of the account.</summary>
    [Range(2, 50)] public int LeaseRenewSeconds { get; init; } = 8;

    /// <summary>Wall seconds between two looks whether commands have come; each is a transaction of a table.</summary>
    [Range(0.1, 60)] public double CommandPollSeconds { get; init; } = 3;

    /// <summary>
    /// Wall seconds between two looks into the queue of commands itself while nothing says that there are any; each is a transaction of a
    /// queue, which costs eleven times as much.
    /// </summary>
    [Range(1, 3_600)] public double CommandSweepSeconds { get; init; } = 120;
}
