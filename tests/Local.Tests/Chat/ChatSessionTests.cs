using FuturesBot.Adapters.Sqlite;
using FuturesBot.Dashboard.Running;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Chat.Book;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.Local.Chat;
using FuturesBot.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace FuturesBot.Local.Tests.Chat;

/// <summary>The chat of a run without a token, from the first word to the last, over a store of its own.</summary>
public sealed class ChatSessionTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);
    private static readonly GeneratedFeed Market = new(seed: 5, days: 40, symbols: 4);
    private static readonly Candle[][] Bars = [.. Market.Listings.Select((_, i) => Market.Bars(i, TimeFrame.M15))];

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Session_KilledAndStartedAgain_TellsAllOfTheRunOnce()
    {
        await using (var first = await Life.OpenAsync(_folder.Path))
        {
            first.Start();
            await first.FollowAsync(Life.LiveFromMs + (4 * TimeFrame.H1.Ms()));
            first.Chat.TellHalt(first.Runner, new(0, "page"));
            first.Chat.Tell(new(AlertKind.Ban, "ban", "The exchange has banned this address", 0, new BanAlert(0, 60_000)));
            var told = await first.TextsAsync(until: text => text.Contains("Биржа временно закрыла нам доступ", StringComparison.Ordinal));

            Assert.Single(told, text => text.Contains("Бот запущен", StringComparison.Ordinal));
            Assert.Contains(told, text => text.Contains("· ЛОНГ</b>", StringComparison.Ordinal));
            Assert.Contains(told, text => text.Contains("Новые входы остановлены вручную", StringComparison.Ordinal));
            Assert.Single(told, text => text.Contains("Итог дня", StringComparison.Ordinal));
            Assert.Contains(first.Chat.Transcript!.Messages(500), message => message.HasPicture);
            var note = first.Chat.Read();
            Assert.Equal(0, note.GivenUp);
            Assert.True(note.Sent >= told.Count, $"{note.Sent} sent of {told.Count}");
            Assert.NotNull(note.LastSentMs);
            Assert.False(note.IsReal);
        }   // without a word: the process is gone

        await using var second = await Life.OpenAsync(_folder.Path);
        second.Start();
        second.Chat.TellStop(second.Runner, fault: null);
        var texts = await second.TextsAsync(until: text => text.Contains("Бот остановлен", StringComparison.Ordinal));

        Assert.Single(texts, text => text.Contains("Бот запущен", StringComparison.Ordinal));
        Assert.Equal(2, texts.Count);   // no card, step or summary of before
    }

    /// <summary>One process's part of a run.</summary>
    private sealed class Life : IAsyncDisposable, IEffectCarrier
    {
        private readonly SqliteStore _store;

        private Life(SqliteStore store, ChatSession chat, Stream ledger)
        {
            (_store, Chat) = (store, chat);
            Runner = new(new()
            {
                Identity = new("replay", 0, "", GeneratedFeed.StartMs, GeneratedFeed.StartMs + (36 * TimeFrame.D1.Ms()), LiveFromMs),
                Options = KernelOptions.Default with { Strategies = StrategiesOptions.Default with { IndicatorVote = new(Enabled: true, new()) } },
                Feed = new ReplayFeed(new MemoryCandles(
                    [.. Market.Listings.Select((listing, i) => (new SeriesInfo(listing.Symbol, TimeFrame.M15), Bars[i]))])),
                Signals = store,
                Candles = store,
                Ledger = ledger,
                Effects = this,
                Readers = FuturesBot.Adapters.Logs.KyivTime.Zone,
                Time = TimeProvider.System,
            });
        }

        /// <summary>19:00 UTC: a signal comes at 20:00, and the day ends in Kyiv at 20:59.</summary>
        public static long LiveFromMs => GeneratedFeed.StartMs + (38 * TimeFrame.D1.Ms()) + (19 * TimeFrame.H1.Ms());

        public ChatSession Chat { get; }

        public MarketRunner Runner { get; }

        public static async Task<Life> OpenAsync(string folder)
        {
            var store = SqliteStore.Open(Path.Combine(folder, "store.db"));
            var chat = await ChatSession.OpenAsync(
                new(new(), store.Outbox, new RunValues(store), AccountKind.Paper, NullLoggerFactory.Instance, TimeProvider.System)
                {
                    StandIn = stop => FakeChat.OpenAsync(TimeProvider.System, stop),
                },
                Cancel)
                ?? throw new InvalidOperationException("There is no chat");
            var life = new Life(store, chat, File.Open(Path.Combine(folder, "ledger.jsonl"), FileMode.OpenOrCreate));
            await chat.ServeAsync(
                life.Runner,
                new RunnerBook(life.Runner, new()
                {
                    Mode = "paper",
                    Version = "test",
                    Speed = 60,
                    Zone = FuturesBot.Adapters.Logs.KyivTime.Zone,
                    Time = TimeProvider.System,
                    Clock = () => null,
                    Messenger = chat.Read,
                }),
                Cancel);
            await life.Runner.RestoreAsync(Cancel);
            await life.Runner.CatchUpAsync(null, Cancel);
            return life;
        }

        public void Start()
        {
            Chat.Start();
            Chat.TellStart(Runner, "test", hasBooks: false);
        }

        public Task FollowAsync(long toMs) =>
            Runner.FollowAsync(new MarketClock(TimeProvider.System, 1e9, Runner.NowMs), new Deaf(), toMs, Cancel);

        public bool HasDone(StoredEffect effect) => false;

        public Task CarryOutAsync(StoredEffect effect) => effect.Kind is Effects.Notify or Effects.Summary ? Chat.TellAsync(effect) : Task.CompletedTask;

        /// <summary>What the chat shows, once it shows what is waited for.</summary>
        public async Task<IReadOnlyList<string>> TextsAsync(Func<string, bool> until)
        {
            var started = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(started) < Longest)
            {
                string[] texts = [.. Chat.Transcript!.Messages(500).Select(message => message.Html)];
                if (texts.Any(until)) return texts;
                await Task.Delay(50, Cancel);
            }

            throw new TimeoutException($"It never came: {string.Join("\n---\n", Chat.Transcript!.Messages(500).Select(message => message.Html))}");
        }

        public async ValueTask DisposeAsync()
        {
            await Chat.DisposeAsync();
            Runner.Dispose();
            _store.Dispose();
        }
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
