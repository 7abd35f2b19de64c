using System.Diagnostics.Metrics;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Telemetry;

/// <summary>What is counted where it happens. Safe from any thread; allocates nothing.</summary>
public static class Counts
{
    private static readonly Histogram<double> StageDuration = Histogram<double>(Metrics.StageDuration);
    private static readonly Counter<long> CandlesExpected = Counter(Metrics.CandlesExpected);
    private static readonly Counter<long> CandlesClosed = Counter(Metrics.CandlesClosed);
    private static readonly Counter<long> Bans = Counter(Metrics.Bans);
    private static readonly Counter<long> ExchangeRequests = Counter(Metrics.ExchangeRequests);
    private static readonly Counter<long> Errors = Counter(Metrics.Errors);
    private static readonly Counter<long> SignalSteps = Counter(Metrics.SignalSteps);
    private static readonly Counter<long> Trades = Counter(Metrics.Trades);
    private static readonly Histogram<double> TradeNetR = Histogram<double>(Metrics.TradeNetR);
    private static readonly Counter<long> Refusals = Counter(Metrics.Refusals);
    private static readonly Counter<long> Messages = Counter(Metrics.Messages);
    private static readonly Histogram<double> QueueAge = Histogram<double>(Metrics.QueueAge);
    private static readonly Histogram<long> BatchCandles = Histogram<long>(Metrics.BatchCandles);
    private static readonly Histogram<long> BatchBytes = Histogram<long>(Metrics.BatchBytes);
    private static readonly Counter<long> PoisonMessages = Counter(Metrics.Poison);
    private static readonly Counter<long> StorageOperations = Counter(Metrics.StorageOperations);

    /// <summary>A leg of a candle's way; NaN is left out.</summary>
    public static void Took(string stage, double ms)
    {
        if (!double.IsNaN(ms)) StageDuration.Record(Math.Max(0, ms), new KeyValuePair<string, object?>(Attributes.Stage, stage));
    }

    /// <summary>A closing time was handed over.</summary>
    public static void Closed(int expected, int closed)
    {
        CandlesExpected.Add(expected);
        CandlesClosed.Add(closed);
    }

    /// <summary>The exchange has banned this address, or asked for a pause.</summary>
    public static void Stopped(bool isBan) => Bans.Add(1, new KeyValuePair<string, object?>(Attributes.Kind, isBan ? "ban" : "pause"));

    public static void Requested(string endpoint) => ExchangeRequests.Add(1, new KeyValuePair<string, object?>(Attributes.Endpoint, endpoint));

    /// <param name="source">exchange, telegram or storage.</param>
    /// <param name="code">The other side's, or the kind of fault; never a text.</param>
    /// <param name="endpoint">What was asked; never an address.</param>
    public static void Failed(string source, string code, string endpoint)
    {
        if (Errors.Enabled) Errors.Add(1, new(Attributes.Source, source), new(Attributes.Code, code), new(Attributes.Endpoint, endpoint));
    }

    /// <summary>A step of a signal; a primary trade that it closes is counted too.</summary>
    public static void Moved(SignalEvent what, SignalRecord record)
    {
        var plan = record.State.Plan;
        if (SignalSteps.Enabled)
        {
            SignalSteps.Add(
                1, new(Attributes.Strategy, plan.Strategy), new(Attributes.Regime, record.Regime), new(Attributes.Side, SideOf(plan)),
                new(Attributes.Step, what.GetType().Name));
        }

        if (what is not SignalEvent.Closed closed || plan.Execution != TradePlan.Primary) return;
        Trades.Add(
            1, new(Attributes.Strategy, plan.Strategy), new(Attributes.Regime, record.Regime),
            new(Attributes.Outcome, closed.Result.NetR > 0 ? "win" : "loss"));
        TradeNetR.Record((double)closed.Result.NetR, new(Attributes.Strategy, plan.Strategy), new(Attributes.Regime, record.Regime));
    }

    public static void Refused(RefusalNote note) => Refusals.Add(1, new(Attributes.Strategy, note.Strategy), new(Attributes.Reason, note.Reason));

    /// <param name="result">delivered, delayed or given_up.</param>
    public static void Told(string result) => Messages.Add(1, new KeyValuePair<string, object?>(Attributes.Result, result));

    /// <summary>A batch was taken in; NaN when it does not say when it was published.</summary>
    public static void Taken(string shard, int candles, double waitedMs, string queue)
    {
        BatchCandles.Record(candles, new KeyValuePair<string, object?>(Attributes.Shard, shard));
        if (!double.IsNaN(waitedMs)) QueueAge.Record(Math.Max(0, waitedMs), new KeyValuePair<string, object?>(Attributes.Queue, queue));
    }

    public static void Published(string shard, long bytes) => BatchBytes.Record(bytes, new KeyValuePair<string, object?>(Attributes.Shard, shard));

    public static void Poisoned(string queue) => PoisonMessages.Add(1, new KeyValuePair<string, object?>(Attributes.Queue, queue));

    /// <summary>A request to the storage account left.</summary>
    public static void Stored(string service, string operation) =>
        StorageOperations.Add(1, new(Attributes.Service, service), new(Attributes.Operation, operation));

    internal static string SideOf(TradePlan plan) => plan.Side == Side.Long ? "long" : "short";

    private static Counter<long> Counter(string name) => BotTelemetry.Meter.CreateCounter<long>(name, MetricTable.UnitOf(name));

    private static Histogram<T> Histogram<T>(string name)
        where T : struct => BotTelemetry.Meter.CreateHistogram<T>(name, MetricTable.UnitOf(name));
}
