using System.Text;
using System.Text.Json;
using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Risk;
using FuturesBot.Domain.Strategies;
using FuturesBot.Engine.Chat.Book;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Running;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Chat;

/// <summary>The commands over a system that has really run.</summary>
public sealed class RunnerBookTests
{
    private const int Days = 44;
    private static readonly long HaltFromMs = GeneratedFeed.StartMs + (40 * TimeFrame.D1.Ms());

    private static readonly GeneratedFeed Market = new(seed: 5, Days, symbols: 4);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answer_EveryCommandOverARun_IsLegalAndWithoutAFault()
    {
        using var run = new Run(Market.EndMs);
        await run.Runner.RestoreAsync(Cancel);
        await run.Runner.CatchUpAsync(null, Cancel);
        var book = run.Book();
        using var desk = new Desk(book);
        Assert.True(run.Runner.Signals.EndedCount > 5, $"only {run.Runner.Signals.EndedCount} signals ended");

        foreach (var english in (bool[])[false, true])
        {
            if (english) await desk.EnglishAsync();
            foreach (var name in desk.Subject.Catalog.Names)
            {
                foreach (var arguments in (string[])["", name is "why" or "size" or "validate" ? " ETHUSDT" : ""])
                {
                    var reply = await desk.WriteAsync($"/{name}{arguments}");
                    LegalReply.Check(reply);
                    Assert.Equal([], desk.Failures);
                    Assert.NotEqual("", reply.Html);
                }
            }
        }

        // Every check that the catalog makes has its words in both languages.
        var (russian, inEnglish) = (new Wording(ChatLanguage.Russian, Desk.Zone), new Wording(ChatLanguage.English, Desk.Zone));
        var checks = Market.Listings.SelectMany(listing => run.Runner.Why.Of(listing.Symbol)).SelectMany(group => group)
            .SelectMany(asked => asked.Predicates).Select(predicate => predicate.Name).Distinct().ToArray();
        Assert.True(checks.Length > 30, $"only {checks.Length} checks");
        Assert.All(checks, check => Assert.True(
            check.All(letter => !char.IsAsciiLetterLower(letter)) || russian.Check(check) != inEnglish.Check(check), $"no Russian words for: {check}"));

        var trades = book.TradesSince(0).Count(trade => trade.IsPrimary);
        Assert.Contains($"{trades} closed", (await desk.WriteAsync("/performance 365")).Html, StringComparison.Ordinal);
        Assert.All(book.Why(Symbol.Btc)!.Rows, row => Assert.InRange(row.BarsAgo, 0, 8));
        Assert.All(book.Data(), note => Assert.All(note.Frames, frame => Assert.Equal((0L, 0L), (frame.Missing, frame.BarsBehind))));
    }

    [Fact]
    public async Task Halt_FromTheChat_StopsNewSignalsAndFollowsTheOpenOnes()
    {
        using var run = new Run(HaltFromMs, decideDays: 34);
        await run.Runner.RestoreAsync(Cancel);
        await run.Runner.CatchUpAsync(null, Cancel);
        var decided = run.Runner.Signals.Live.Concat(run.Runner.Signals.Ended).Count();

        await run.Book().SetHaltAsync(halted: true, Cancel);
        using var on = run.Again(Market.EndMs);
        Assert.True(await on.Runner.RestoreAsync(Cancel));
        Assert.NotNull(on.Runner.Halt);   // a restart keeps it
        await on.Runner.CatchUpAsync(null, Cancel);

        Assert.True(decided > 5, $"only {decided} signals");
        Assert.All(
            on.Runner.Signals.Live.Concat(on.Runner.Signals.Ended),
            record => Assert.True(record.State.Plan.DecidedAtMs <= HaltFromMs, $"a signal began at {record.State.Plan.DecidedAtMs}"));
        Assert.Contains(on.Runner.Refusals.Reasons, reason => reason.Reason == nameof(Refusal.Halted) && reason.Count > 0);
        Assert.NotNull(on.Book().Status().Halt);
    }

    [Fact]
    public async Task Halt_TakenIn_StandsInTheLedgerBeforeTheBarItBinds()
    {
        using var run = new Run(HaltFromMs, decideDays: 38);
        await run.Runner.RestoreAsync(Cancel);
        await run.Runner.CatchUpAsync(null, Cancel);
        await run.Book().SetHaltAsync(halted: true, Cancel);
        using var halted = run.Again(HaltFromMs + TimeFrame.D1.Ms());
        await halted.Runner.RestoreAsync(Cancel);
        await halted.Runner.CatchUpAsync(null, Cancel);
        await halted.Book().SetHaltAsync(halted: false, Cancel);
        using var free = halted.Again(HaltFromMs + (2 * TimeFrame.D1.Ms()));
        await free.Runner.RestoreAsync(Cancel);
        await free.Runner.CatchUpAsync(null, Cancel);

        var lines = Encoding.UTF8.GetString(free.Ledger.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        var halts = lines.Where(line => line.GetProperty("kind").GetString() == LedgerKind.Halt).ToArray();
        Assert.Equal(
            [(HaltFromMs + 900_000, true), (HaltFromMs + TimeFrame.D1.Ms() + 900_000, false)],
            halts.Select(line => (line.GetProperty("time").GetInt64(), line.GetProperty("halted").GetBoolean())));
        using var stream = new MemoryStream(free.Ledger.ToArray());
        Assert.True(LedgerVerifier.Verify(stream, expectFooter: false).IsWhole);
    }

    [Fact]
    public async Task SetHalt_StoreFails_HoldsAllTheSameAndSaysSo()
    {
        using var run = new Run(GeneratedFeed.StartMs + TimeFrame.H1.Ms());
        await run.Runner.RestoreAsync(Cancel);
        run.Store.Fault = new IOException("disk full");

        await Assert.ThrowsAsync<IOException>(() => run.Book().SetHaltAsync(halted: true, Cancel));

        Assert.NotNull(run.Runner.Halt);
    }

    /// <summary>A run over the generated market, lived through up to a moment.</summary>
    private sealed class Run : IDisposable
    {
        private readonly int _decideDays;
        private readonly MemoryCandleStore _candles;

        public Run(long untilMs, int decideDays = 36, Run? before = null)
        {
            _decideDays = decideDays;
            _candles = before?._candles ?? new();
            Store = before?.Store ?? new(_candles);
            Ledger = new();
            before?.Ledger.WriteTo(Ledger);
            Runner = new(new()
            {
                Identity = new(
                    "replay", 0, "", GeneratedFeed.StartMs, GeneratedFeed.StartMs + (decideDays * TimeFrame.D1.Ms()), untilMs),
                Options = KernelOptions.Default with { Strategies = StrategiesOptions.Default with { IndicatorVote = new(Enabled: true, new()) } },
                Feed = new ReplayFeed(new MemoryCandles(
                    [.. Market.Listings.Select((listing, i) => (new SeriesInfo(listing.Symbol, TimeFrame.M15), Bars[i]))])),
                Signals = Store,
                Candles = _candles,
                Ledger = Ledger,
                Effects = new Nobody(),
                Time = new ManualTime(),
            });
        }

        public MemorySignalStore Store { get; }

        public MemoryStream Ledger { get; }

        public MarketRunner Runner { get; }

        private static Candle[][] Bars { get; } = [.. Market.Listings.Select((_, i) => Market.Bars(i, TimeFrame.M15))];

        public RunnerBook Book() => new(Runner, new()
        {
            Mode = "paper",
            Version = "test",
            Speed = 60,
            Zone = Desk.Zone,
            Time = new ManualTime(),
            Clock = () => null,
        });

        /// <summary>The same run in a new process.</summary>
        public Run Again(long untilMs) => new(untilMs, _decideDays, this);

        public void Dispose() => Runner.Dispose();
    }

    private sealed class Nobody : IEffectCarrier
    {
        public bool HasDone(StoredEffect effect) => false;

        public Task CarryOutAsync(StoredEffect effect) => Task.CompletedTask;
    }
}
