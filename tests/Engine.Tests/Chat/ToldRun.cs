using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Chat;
using FuturesBot.Engine.Chat.Delivery;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.TestKit;

namespace FuturesBot.Engine.Tests.Chat;

/// <summary>A run whose effects are told to a chat, as a host tells them: right after their commit.</summary>
internal sealed class ToldRun : IEffectCarrier, IDisposable
{
    public const long Chat = 42;

    private static readonly GeneratedFeed Market = new(seed: 5, days: 44, symbols: 4);
    private static readonly Candle[][] Bars = [.. Market.Listings.Select((_, i) => Market.Bars(i, TimeFrame.M15))];

    private readonly SignalTeller _teller;
    private readonly SummaryTeller _summaries;

    public ToldRun(ToldRun? before = null)
    {
        Candles = before?.Candles ?? new();
        Store = before?.Store ?? new(Candles);
        Ledger = new();
        before?.Ledger.WriteTo(Ledger);
        Runner = new(new()
        {
            Identity = new("replay", 0, "", GeneratedFeed.StartMs, DecideFromMs, LiveFromMs),
            Options = KernelOptions.Default with { Strategies = StrategiesOptions.Default with { IndicatorVote = new(Enabled: true, new()) } },
            Feed = new ReplayFeed(new MemoryCandles(
                [.. Market.Listings.Select((listing, i) => (new SeriesInfo(listing.Symbol, TimeFrame.M15), Bars[i]))])),
            Signals = Store,
            Candles = Candles,
            Ledger = Ledger,
            Effects = this,
            Readers = Desk.Zone,
            Time = TimeProvider.System,
        });
        Settings = new(new RunValues(Store), new());
        _teller = new(Runner, AccountKind.Paper, Settings, Desk.Zone, silentSteps: true);
        _summaries = new(Runner, AccountKind.Paper, Settings, Desk.Zone);
    }

    /// <summary>36 days to ripen, then three that are lived through at start; a signal lives at their end.</summary>
    public static long DecideFromMs => GeneratedFeed.StartMs + (36 * TimeFrame.D1.Ms());

    public static long LiveFromMs => GeneratedFeed.StartMs + (38 * TimeFrame.D1.Ms()) + (21 * TimeFrame.H1.Ms());

    public static long EndMs => Market.EndMs;

    public MemoryCandleStore Candles { get; }

    public MemorySignalStore Store { get; }

    public MemoryStream Ledger { get; }

    public MarketRunner Runner { get; }

    public ChatSettingsBook Settings { get; }

    /// <summary>What the chat was told, in order, with the effect that told it and the market time at which it was.</summary>
    public List<(StoredEffect Effect, OutgoingMessage Message, long AtMs)> Told { get; } = [];

    public async Task LiveAsync(long toMs, CancellationToken cancel)
    {
        await Runner.RestoreAsync(cancel);
        await Runner.CatchUpAsync(null, cancel);
        await Runner.FollowAsync(new MarketClock(TimeProvider.System, 1e9, Runner.NowMs), new Deaf(), toMs, cancel);
    }

    public bool HasDone(StoredEffect effect) => false;

    public Task CarryOutAsync(StoredEffect effect)
    {
        var messages = effect.Kind switch
        {
            Effects.Notify => _teller.Of(effect, [Chat], nowMs: 0),
            Effects.Summary => _summaries.Of(effect, [Chat], nowMs: 0),
            _ => [],
        };
        Told.AddRange(messages.Select(message => (effect, message, Runner.NowMs)));
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        Runner.Dispose();
        Settings.Dispose();
    }

    private sealed class Deaf : IRunListener
    {
        public void Closed(in Engine.Running.FeedCandle candle)
        {
        }

        public void Changed(SignalRecord signal)
        {
        }

        public void Refused(RefusalNote refusal)
        {
        }

        public void Happened(JournalEntry entry)
        {
        }

        public void RegimeChanged(string symbol)
        {
        }
    }
}
