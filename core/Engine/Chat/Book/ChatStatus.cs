using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Chat.Book;

/// <summary>The whole system at a glance.</summary>
public sealed record ChatStatus
{
    /// <summary>signals, paper or live.</summary>
    public required string Mode { get; init; }

    /// <summary>simulated, replay, demo or binance.</summary>
    public required string Exchange { get; init; }

    public required string Profile { get; init; }

    public required string Version { get; init; }

    /// <summary>Market time, UTC, Unix milliseconds.</summary>
    public required long MarketMs { get; init; }

    /// <summary>Market time per wall time.</summary>
    public required double Speed { get; init; }

    /// <summary>Since the process started, wall time.</summary>
    public required TimeSpan Uptime { get; init; }

    /// <summary>The past is still being loaded; nothing is decided for real yet.</summary>
    public required bool IsLoading { get; init; }

    public required int Symbols { get; init; }

    public required int StrategiesOn { get; init; }

    public required int StrategiesAll { get; init; }

    /// <summary>Signals with a position, those that are only followed included.</summary>
    public required int Open { get; init; }

    /// <summary>Signals whose entry is not filled.</summary>
    public required int Waiting { get; init; }

    /// <summary>Null while new entries are allowed.</summary>
    public required EntryHalt? Halt { get; init; }

    /// <summary>Lines of the ledger.</summary>
    public required long LedgerLines { get; init; }

    public required string LedgerHash { get; init; }

    /// <summary>Candles known to be missing in the decision frames.</summary>
    public required long MissingCandles { get; init; }

    /// <summary>Wall time since the last closed candle came; null before the first.</summary>
    public required TimeSpan? SinceCandle { get; init; }

    /// <summary>Effects committed and not carried out.</summary>
    public required int PendingEffects { get; init; }

    /// <summary>How the chat does; null when there is none.</summary>
    public MessengerNote? Messenger { get; init; }

    /// <summary>Null for recorded data.</summary>
    public required ExchangeNote? Wire { get; init; }
}
