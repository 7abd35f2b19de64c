using System.Text.Json;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Signals;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Engine.Sharding;
using FuturesBot.Engine.Tracking;
using FuturesBot.TestKit;
using FeedCandle = FuturesBot.Engine.Running.FeedCandle;

namespace FuturesBot.Engine.Tests.Sharding;

/// <summary>A shard over a generated market: its log, its store, and processes that come and go.</summary>
internal sealed class ShardRun : IDisposable
{
    public const int Days = 44;
    public static readonly long LiveMs = GeneratedFeed.StartMs + (36 * TimeFrame.D1.Ms());
    public static readonly GeneratedFeed Market = new(seed: 5, Days, symbols: 4);
    private static readonly ClosedBatch[] Closings = [.. Market.Batches(withMinutes: true).Where(batch => batch.CloseMs > LiveMs)];

    private readonly MemoryStream _ledger = new();
    private readonly ManualTime _time = new();
    private readonly Others _others = new();

    public ShardRun()
    {
        Store = new(Candles);
        Fill(LiveMs);
        Log.Begin(new(Identity, Market.Listings));
    }

    public static RunIdentity Identity { get; } = new("simulated", 5, "", GeneratedFeed.StartMs, LiveMs, LiveMs);

    public static KernelOptions Options { get; } =
        KernelOptions.Default with { Strategies = StrategiesOptions.Default with { IndicatorVote = new(Enabled: true, new()) } };

    public MemoryCandleStore Candles { get; } = new();

    public MemorySignalStore Store { get; }

    public MemoryBatchLog Log { get; } = new();

    public Heard Heard { get; } = new();

    /// <summary>What every orchestration was told, in the order of arrival.</summary>
    public Told Told { get; } = new();

    /// <summary>What chats were to be told of days and weeks, in order.</summary>
    public IReadOnlyList<SummaryOrder> Summaries => _others.Summaries;

    public byte[] Ledger => _ledger.ToArray();

    /// <summary>The closing times after the shard has begun.</summary>
    /// <param name="days">How many days of them.</param>
    public static IEnumerable<ClosedBatch> From(int days) => Closings.TakeWhile(batch => batch.CloseMs <= LiveMs + (days * TimeFrame.D1.Ms()));

    /// <summary>A closing time as it is published; nothing when it would be empty.</summary>
    /// <param name="closing">What closed.</param>
    /// <param name="wantsMinutes">Whose minutes are told.</param>
    public static MarketBatch? Whole(ClosedBatch closing, Func<Symbol, bool> wantsMinutes)
    {
        FeedCandle[] candles =
        [
            .. closing.Candles
                .Select(closed => new FeedCandle(new(Market.Listings[closed.Desk].Symbol, closed.Frame), closed.Candle))
                .Where(closed => closed.Series.Frame >= TimeFrame.M15 || wantsMinutes(closed.Series.Symbol)),
        ];
        return candles.Length == 0 ? null : new() { Shard = "main", Number = 0, CloseMs = closing.CloseMs, Candles = candles };
    }

    /// <summary>A new process over what is stored.</summary>
    /// <param name="orchestrations">Who follows signals; null: whoever only notes it.</param>
    public ShardRunner Start(ISignalOrchestrations? orchestrations = null) => new(new()
    {
        Shard = "main",
        Options = Options,
        Log = Log,
        Signals = Store,
        Candles = Candles,
        OpenLedger = () => new Kept(_ledger),
        Effects = new OrchestratedEffects(orchestrations ?? Told, _others),
        Readers = Chat.Desk.Zone,
        Listener = Heard,
        Time = _time,
    });

    /// <summary>The same market in one process, without batches: its ledger, and what it told of days and weeks.</summary>
    public static async Task<(byte[] Ledger, IReadOnlyList<SummaryOrder> Summaries)> InOneProcessAsync(int days, CancellationToken cancel)
    {
        var candles = new MemoryCandleStore();
        var ledger = new MemoryStream();
        var others = new Others();
        using var runner = new MarketRunner(new()
        {
            Identity = Identity,
            Options = Options,
            Feed = new Direct(From(days)),
            Signals = new MemorySignalStore(candles),
            Candles = candles,
            Ledger = ledger,
            Effects = others,
            Readers = Chat.Desk.Zone,
            Time = new ManualTime(),
        });
        await runner.RestoreAsync(cancel);
        await Fill(candles, LiveMs);
        await runner.WarmUpAsync(Market.Listings.Select(listing => listing.Symbol).ToAsyncEnumerable(), cancel);
        await runner.TakeReadyAsync(clock: null, cancel);
        return (ledger.ToArray(), others.Summaries);
    }

    public void Fill(long untilMs) => Fill(Candles, untilMs).GetAwaiter().GetResult();

    public void Dispose() => _ledger.Dispose();

    private static async Task Fill(MemoryCandleStore store, long untilMs)
    {
        for (var i = 0; i < Market.Listings.Count; i++)
        {
            foreach (var frame in (TimeFrame[])[TimeFrame.M15, TimeFrame.H1, TimeFrame.H4, TimeFrame.D1])
                await store.AppendAsync(new(Market.Listings[i].Symbol, frame), Market.Bars(i, frame).Where(bar => bar.CloseTimeMs(frame) <= untilMs).ToArray());
        }
    }

    /// <summary>Its bytes outlive whoever has opened it.</summary>
    private sealed class Kept(MemoryStream ledger) : MemoryStreamView(ledger);

    private sealed class Others : IEffectCarrier
    {
        private readonly HashSet<string> _carried = new(StringComparer.Ordinal);

        public List<SummaryOrder> Summaries { get; } = [];

        public bool HasDone(StoredEffect effect) => _carried.Contains(effect.Id);

        public Task CarryOutAsync(StoredEffect effect)
        {
            if (_carried.Add(effect.Id) && effect.Kind == Effects.Summary)
                Summaries.Add(JsonSerializer.Deserialize<SummaryOrder>(effect.PayloadJson, SignalJson.Options)!);
            return Task.CompletedTask;
        }
    }

    private sealed class Direct(IEnumerable<ClosedBatch> closings) : IMarketFeed
    {
        private readonly Queue<ClosedBatch> _left = new(closings);

        public IReadOnlyList<SymbolListing> Listings => Market.Listings;

        public long NextCloseMs => _left.TryPeek(out var next) ? next.CloseMs : long.MaxValue;

        public void Read(List<FeedCandle> into)
        {
            into.Clear();
            into.AddRange(_left.Dequeue().Candles
                .OrderByDescending(closed => closed.Desk == 0).ThenByDescending(closed => closed.Frame).ThenBy(closed => closed.Desk)
                .Select(closed => new FeedCandle(new(Market.Listings[closed.Desk].Symbol, closed.Frame), closed.Candle)));
        }

        public RunningCandle? Running(Symbol symbol, long nowMs) => null;

        public void Carry(StateCarrier carrier)
        {
        }

        public void Dispose()
        {
        }
    }
}
