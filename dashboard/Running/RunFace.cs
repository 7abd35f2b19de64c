using FuturesBot.Adapters.Sessions;
using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard.Running;

/// <summary>What the page says of the process itself.</summary>
/// <param name="Mode">signals or paper.</param>
/// <param name="Speed">Market time per wall time.</param>
/// <param name="StartedAtMs">Wall time, UTC, Unix milliseconds.</param>
/// <param name="Time">Wall time.</param>
public sealed record RunFace(string Mode, double Speed, string Version, long StartedAtMs, TimeProvider Time)
{
    /// <summary>Null for recorded data.</summary>
    public ExchangeSession? Exchange { get; init; }

    /// <summary>The chat as it is now; null when there is none.</summary>
    public Func<ChatSession?> Chat { get; init; } = () => null;

    /// <summary>Why there is none, while there is none.</summary>
    public Func<string> NoChat { get; init; } = () => "switched off by 'telegram.enabled'";

    /// <summary>The runner is a second computation beside the one that decides: what is stored, and the ledger that is kept, are the other's.</summary>
    public bool IsFollower { get; init; }

    /// <summary>Another process writes the candles at the moment; null: never.</summary>
    public Func<bool>? IsWrittenElsewhere { get; init; }

    /// <summary>The minute in progress at a market time; null: the runner's feed knows it.</summary>
    public Func<Symbol, long, RunningCandle?>? Running { get; init; }

    /// <summary>Further lines about how the system does.</summary>
    public Func<IEnumerable<HealthView>>? Parts { get; init; }

    /// <summary>File of the store.</summary>
    public string StorePath { get; init; } = "";

    /// <summary>Checks the ledger's chain; null without a ledger.</summary>
    public LedgerCheck? Ledger { get; init; }

    /// <summary>Candles in the store as they were last counted; null before.</summary>
    public Func<long?> Rows { get; init; } = () => null;

    /// <summary>Size of the store with its write-ahead log; null when it cannot be said.</summary>
    public long? StoreBytes
    {
        get
        {
            var (file, log) = (new FileInfo(StorePath.Length > 0 ? StorePath : "store"), new FileInfo(StorePath + "-wal"));
            return StorePath.Length > 0 && file.Exists ? file.Length + (log.Exists ? log.Length : 0) : null;
        }
    }
}
