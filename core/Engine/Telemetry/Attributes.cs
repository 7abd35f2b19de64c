namespace FuturesBot.Engine.Telemetry;

/// <summary>
/// Names of what spans and counts carry. None of them holds an address, a token, a key, a chat or an account; see docs/telemetry.md.
/// </summary>
public static class Attributes
{
    /// <summary>The portfolio, such as <c>main</c>.</summary>
    public const string Shard = "futuresbot.shard";

    /// <summary>Number of a batch.</summary>
    public const string Batch = "futuresbot.batch";

    /// <summary>Closing time, market time, UTC, Unix milliseconds.</summary>
    public const string CloseMs = "futuresbot.close_ms";

    /// <summary>How many candles.</summary>
    public const string Candles = "futuresbot.candles";

    /// <summary>How many candles were due and had not come.</summary>
    public const string Missed = "futuresbot.missed";

    /// <summary>Whether strategies were asked at this closing time.</summary>
    public const string Decided = "futuresbot.decided";

    /// <summary>Wall time from the closing time to the decision, milliseconds.</summary>
    public const string AfterCloseMs = "futuresbot.after_close_ms";

    /// <summary>How many effects.</summary>
    public const string Effects = "futuresbot.effects";

    /// <summary>Id of a signal.</summary>
    public const string SignalId = "futuresbot.signal_id";

    /// <summary>Such as BTCUSDT.</summary>
    public const string Symbol = "futuresbot.symbol";

    /// <summary>Name of a strategy of the catalog.</summary>
    public const string Strategy = "futuresbot.strategy";

    /// <summary>long or short.</summary>
    public const string Side = "futuresbot.side";

    /// <summary>Time frame, such as 15m.</summary>
    public const string Frame = "futuresbot.frame";

    /// <summary>The regime at the decision; empty when it was unavailable.</summary>
    public const string Regime = "futuresbot.regime";

    /// <summary>What happened to a signal: the name of the step, such as EntryPlaced or Closed.</summary>
    public const string Step = "futuresbot.step";

    /// <summary>The score of a signal, 0–100.</summary>
    public const string Score = "futuresbot.score";

    /// <summary>Why a signal ended, or why none came to be.</summary>
    public const string Reason = "futuresbot.reason";

    /// <summary>Result of a trade after costs, R.</summary>
    public const string NetR = "futuresbot.net_r";

    /// <summary>win (net result above zero) or loss.</summary>
    public const string Outcome = "futuresbot.outcome";

    /// <summary>primary, or how else a signal is followed.</summary>
    public const string Execution = "futuresbot.execution";

    /// <summary>Id of an effect.</summary>
    public const string EffectId = "futuresbot.effect_id";

    /// <summary>Id of a command; of one that carries an effect out the effect's.</summary>
    public const string CommandId = "futuresbot.command_id";

    /// <summary>Kind of an effect, of an event, of a command, or a message's act.</summary>
    public const string Kind = "futuresbot.kind";

    /// <summary>How long a message waited in the outbox, or a batch or a command on its queue, wall time, milliseconds.</summary>
    public const string WaitedMs = "futuresbot.waited_ms";

    /// <summary>What became of it: delivered, delayed, given_up; answered, failed.</summary>
    public const string Result = "futuresbot.result";

    /// <summary>Method and path of a request to the exchange, a method of the Bot API, or a kind of storage operation; never a host or a query.</summary>
    public const string Endpoint = "futuresbot.endpoint";

    /// <summary>The other side's code, or the kind of fault.</summary>
    public const string Code = "futuresbot.code";

    /// <summary>Where an error comes from: exchange, telegram, storage.</summary>
    public const string Source = "futuresbot.source";

    /// <summary>A leg of a candle's way: received, decided, computed, committed, told, sent.</summary>
    public const string Stage = "futuresbot.stage";

    /// <summary>0.5, 0.95, 0.99.</summary>
    public const string Quantile = "futuresbot.quantile";

    /// <summary>Route of a stream.</summary>
    public const string Route = "futuresbot.route";

    /// <summary>State of an order book.</summary>
    public const string Trust = "futuresbot.trust";

    /// <summary>A limit or lane of the request budget.</summary>
    public const string Limit = "futuresbot.limit";

    /// <summary>A part that gives signs of life, such as sidecar, market-events, timers, orchestrations.</summary>
    public const string Component = "futuresbot.component";

    /// <summary>Name of a queue.</summary>
    public const string Queue = "futuresbot.queue";

    /// <summary>blobs, queues or tables.</summary>
    public const string Service = "futuresbot.service";

    /// <summary>Kind of a storage operation, as it is billed.</summary>
    public const string Operation = "futuresbot.operation";
}
