namespace FuturesBot.Engine.Telemetry;

/// <summary>Names of the metrics.</summary>
public static class Metrics
{
    /// <summary>Event time of a stream's messages against the exchange's clock, by route, since the start.</summary>
    [Metric(MetricKind.Gauge, "ms", Attributes.Route, Attributes.Quantile)]
    public const string StreamLag = "futuresbot.stream.lag";

    /// <summary>Wall time since the last data of a stream, the longest of a route.</summary>
    [Metric(MetricKind.Gauge, "ms", Attributes.Route)]
    public const string StreamSilence = "futuresbot.stream.silence";

    /// <summary>Sockets that were lost and opened anew, by route, since the start.</summary>
    [Metric(MetricKind.Gauge, "{reconnect}", Attributes.Route)]
    public const string StreamReconnects = "futuresbot.stream.reconnects";

    /// <summary>How long each leg of a candle's way took: received (event to arrival), decided (close to decision), computed, committed, told, sent.</summary>
    [Metric(MetricKind.Histogram, "ms", Attributes.Stage)]
    public const string StageDuration = "futuresbot.stage.duration";

    /// <summary>The same as a bound below which so much of all lies, since the start; there without a tool that keeps steps.</summary>
    [Metric(MetricKind.Gauge, "ms", Attributes.Stage, Attributes.Quantile)]
    public const string StageLatency = "futuresbot.stage.latency";

    /// <summary>Candles that were due at the closing times handed over.</summary>
    [Metric(MetricKind.Counter, "{candle}")]
    public const string CandlesExpected = "futuresbot.candles.expected";

    /// <summary>Of these, the closed candles that were there.</summary>
    [Metric(MetricKind.Counter, "{candle}")]
    public const string CandlesClosed = "futuresbot.candles.closed";

    /// <summary>Streamed candles held against the exchange's own rows, by what came of it, since the start.</summary>
    [Metric(MetricKind.Gauge, "{candle}", Attributes.Result)]
    public const string CandlesVerified = "futuresbot.candles.verified";

    /// <summary>Wall time since closed candles last came.</summary>
    [Metric(MetricKind.Gauge, "s")]
    public const string CandlesAge = "futuresbot.candles.age";

    /// <summary>Share of a limit of the request budget that is used, 0–1.</summary>
    [Metric(MetricKind.Gauge, "1", Attributes.Limit)]
    public const string BudgetUse = "futuresbot.budget.use";

    /// <summary>Requests that wait for the budget, by lane.</summary>
    [Metric(MetricKind.Gauge, "{request}", Attributes.Limit)]
    public const string BudgetWaiting = "futuresbot.budget.waiting";

    /// <summary>Time to the end of a ban; 0 without one.</summary>
    [Metric(MetricKind.Gauge, "s")]
    public const string BanLeft = "futuresbot.budget.ban_left";

    /// <summary>How often the exchange made this address wait: ban (418) or pause (429).</summary>
    [Metric(MetricKind.Counter, "{stop}", Attributes.Kind)]
    public const string Bans = "futuresbot.budget.stops";

    /// <summary>Requests to the exchange that left.</summary>
    [Metric(MetricKind.Counter, "{request}", Attributes.Endpoint)]
    public const string ExchangeRequests = "futuresbot.exchange.requests";

    /// <summary>Answers and calls that failed, by where and with which code.</summary>
    [Metric(MetricKind.Counter, "{error}", Attributes.Source, Attributes.Code, Attributes.Endpoint)]
    public const string Errors = "futuresbot.errors";

    /// <summary>Order books by their state.</summary>
    [Metric(MetricKind.Gauge, "{book}", Attributes.Trust)]
    public const string Books = "futuresbot.books";

    /// <summary>How often a book that is followed now had to be built anew, since the start.</summary>
    [Metric(MetricKind.Gauge, "{resync}")]
    public const string BookResyncs = "futuresbot.books.resyncs";

    /// <summary>Depth updates that did not continue their book, since the start.</summary>
    [Metric(MetricKind.Gauge, "{gap}")]
    public const string BookGaps = "futuresbot.books.gaps";

    /// <summary>Steps of signals, past days that are lived through at start left out.</summary>
    [Metric(MetricKind.Counter, "{step}", Attributes.Strategy, Attributes.Regime, Attributes.Side, Attributes.Step)]
    public const string SignalSteps = "futuresbot.signals.steps";

    /// <summary>Primary trades that were closed.</summary>
    [Metric(MetricKind.Counter, "{trade}", Attributes.Strategy, Attributes.Regime, Attributes.Outcome)]
    public const string Trades = "futuresbot.trades";

    /// <summary>Result of a closed primary trade after costs, R.</summary>
    [Metric(MetricKind.Histogram, "{R}", Attributes.Strategy, Attributes.Regime)]
    public const string TradeNetR = "futuresbot.trades.net_r";

    /// <summary>Triggers that were refused, by reason.</summary>
    [Metric(MetricKind.Counter, "{refusal}", Attributes.Strategy, Attributes.Reason)]
    public const string Refusals = "futuresbot.refusals";

    /// <summary>Signals that live.</summary>
    [Metric(MetricKind.Gauge, "{signal}")]
    public const string SignalsLive = "futuresbot.signals.live";

    /// <summary>Positions on the exchange without a stop there.</summary>
    [Metric(MetricKind.Gauge, "{position}")]
    public const string Unprotected = "futuresbot.positions.unprotected";

    /// <summary>Effects committed and not carried out.</summary>
    [Metric(MetricKind.Gauge, "{effect}")]
    public const string EffectsPending = "futuresbot.effects.pending";

    /// <summary>Messages that wait in the outbox.</summary>
    [Metric(MetricKind.Gauge, "{message}")]
    public const string OutboxWaiting = "futuresbot.outbox.waiting";

    /// <summary>Messages by what became of them.</summary>
    [Metric(MetricKind.Counter, "{message}", Attributes.Result)]
    public const string Messages = "futuresbot.messages";

    /// <summary>Wall time from the publication of a batch until it was taken in.</summary>
    [Metric(MetricKind.Histogram, "ms", Attributes.Queue)]
    public const string QueueAge = "futuresbot.queue.age";

    /// <summary>Candles of a batch that was taken in.</summary>
    [Metric(MetricKind.Histogram, "{candle}", Attributes.Shard)]
    public const string BatchCandles = "futuresbot.batch.candles";

    /// <summary>Bytes of a batch that was published.</summary>
    [Metric(MetricKind.Histogram, "By", Attributes.Shard)]
    public const string BatchBytes = "futuresbot.batch.bytes";

    /// <summary>Messages put aside because nobody could take them in.</summary>
    [Metric(MetricKind.Counter, "{message}", Attributes.Queue)]
    public const string Poison = "futuresbot.queue.poison";

    /// <summary>Wall time since the last sign of life of a part.</summary>
    [Metric(MetricKind.Gauge, "s", Attributes.Component)]
    public const string HeartbeatAge = "futuresbot.heartbeat.age";

    /// <summary>Parts that the watchdog finds silent, or behind the market.</summary>
    [Metric(MetricKind.Gauge, "{part}")]
    public const string Silent = "futuresbot.watchdog.silent";

    /// <summary>Requests to the storage account, repeats included: each is billed.</summary>
    [Metric(MetricKind.Counter, "{operation}", Attributes.Service, Attributes.Operation)]
    public const string StorageOperations = "futuresbot.storage.operations";
}
