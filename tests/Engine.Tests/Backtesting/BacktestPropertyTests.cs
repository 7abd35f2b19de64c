using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Recording;
using FuturesBot.TestKit;
using Xunit;

namespace FuturesBot.Engine.Tests.Backtesting;

/// <summary>What must hold for every run, on a generated market with its minutes.</summary>
public sealed class BacktestPropertyTests
{
    private const long Seed = 77;

    private static readonly Lazy<GeneratedFeed> Made = new(() => new(Seed, days: 30, symbols: 2));

    // Costs and thresholds low enough that a month gives trades to compare.
    private static readonly KernelOptions Options = KernelOptions.Default with
    {
        Scoring = KernelOptions.Default.Scoring with { EntryThreshold = 2 },
        Risk = KernelOptions.Default.Risk with { CostMaxR = 1, OpenRiskMax = 0.2m },
    };

    [Fact]
    public void Run_Twice_GivesTheSameBytes()
    {
        var (firstLedger, first) = Run(LedgerDepth.Lean);
        var (secondLedger, second) = Run(LedgerDepth.Lean);

        Assert.NotEmpty(first.Trades);
        Assert.Equal(firstLedger, secondLedger);
        Assert.Equal(Bytes(first.Trades), Bytes(second.Trades));
    }

    [Fact]
    public void Run_WithTheLedgerOff_TradesTheSame()
    {
        var (_, off) = Run(LedgerDepth.Off);
        var (_, lean) = Run(LedgerDepth.Lean);

        Assert.Equal(lean.Triggers.OrderBy(t => t.Key, StringComparer.Ordinal), off.Triggers.OrderBy(t => t.Key, StringComparer.Ordinal));
        Assert.Equal(
            lean.Refusals.Select(refusal => (refusal.Reason, refusal.Count)),
            off.Refusals.Select(refusal => (refusal.Reason, refusal.Count)));
        Assert.Equal(
            Bytes([.. lean.Trades.Select(trade => trade with { DecisionHash = "" })]),
            Bytes(off.Trades));
    }

    [Fact]
    public void Run_OnDataCutAtRandomTimes_WritesTheSameLedgerUpToThen()
    {
        const int seed = 5;
        var feed = Made.Value;
        var full = Lines(Run(LedgerDepth.Lean).Ledger);
        var random = new Random(seed);
        for (var cut = 0; cut < 5; cut++)
        {
            var minutes = random.Next(5_000, feed.Minutes(0).Count);
            var lines = Lines(Run(LedgerDepth.Lean, minutes).Ledger)[..^1];   // without the footer
            Assert.True(lines.SequenceEqual(full.Take(lines.Length)), $"seed {seed}, cut after {minutes} minutes");
        }
    }

    [Fact]
    public void Ledger_OfAnyRun_Verifies()
    {
        var (ledger, result) = Run(LedgerDepth.Lean);

        var verdict = LedgerVerifier.Verify(new MemoryStream(ledger));

        Assert.True(verdict.IsWhole, verdict.ToString());
        Assert.NotNull(result.Facts.LedgerHash);
    }

    [Fact]
    public void Ledger_OfARunThatIsSavedAndRestored_HasTheSameBytes()
    {
        const int seed = 9;
        var feed = Made.Value;
        var batches = feed.Batches(withMinutes: true).ToArray();
        var random = new Random(seed);
        var cuts = Enumerable.Range(0, 6).Select(_ => random.Next(batches.Length)).ToHashSet();

        Assert.Equal(Live(feed, batches, []), Live(feed, batches, cuts));
    }

    /// <summary>The ledger of a host that saves and restores its pipeline after the given batches.</summary>
    private static byte[] Live(GeneratedFeed feed, ClosedBatch[] batches, HashSet<int> cuts)
    {
        using var stream = new MemoryStream();
        using (var writer = new LedgerWriter(stream, leaveOpen: true))
        {
            var recorder = new LedgerRecorder(writer, LedgerDepth.Lean);
            var sink = new RecordingSink(recorder);
            var run = new KernelRun(Options, feed.Listings, sink, context: false);
            for (var i = 0; i < batches.Length; i++)
            {
                run.Feed(batches[i]);
                recorder.CloseBar(batches[i].CloseMs);
                if (!cuts.Contains(i)) continue;
                var snapshot = StateSaver.Save(run.Pipeline);
                run = new(Options, feed.Listings, sink, context: false);
                StateRestorer.Restore(run.Pipeline, snapshot);
            }

            writer.WriteFooter();
        }

        return stream.ToArray();
    }

    private static (byte[] Ledger, BacktestResult Result) Run(LedgerDepth depth, int minutes = int.MaxValue)
    {
        var feed = Made.Value;
        var source = new MemoryCandles([.. feed.Listings
            .Select((listing, i) => (new SeriesInfo(listing.Symbol, TimeFrame.M1), feed.Minutes(i).Take(minutes).ToArray()))
            .OrderBy(series => series.Item1.Symbol)]);
        using var ledger = new MemoryStream();
        var result = new BacktestRunner(source, TimeProvider.System).Run(
            new() { Options = Options, Ledger = depth }, ledger, progress: null, TestContext.Current.CancellationToken);
        return (ledger.ToArray(), result);
    }

    private static string[] Lines(byte[] ledger) => System.Text.Encoding.UTF8.GetString(ledger).TrimEnd('\n').Split('\n');

    private static byte[] Bytes(IReadOnlyList<TradeRecord> trades)
    {
        using var stream = new MemoryStream();
        foreach (var trade in trades) stream.Write(System.Text.Encoding.UTF8.GetBytes(TradeRecordJson.ToJson(trade)));
        return stream.ToArray();
    }

    private sealed class RecordingSink(LedgerRecorder recorder) : IPipelineSink
    {
        public void Asked(SymbolDesk desk, long closeMs, Domain.Strategies.DecisionLog log) => recorder.Asked(desk, closeMs, log);

        public string Decided(DecisionRecord decision) => recorder.Decided(decision);

        public void Moved(Domain.Signals.SignalEvent what, Domain.Signals.SignalState now) => recorder.Moved(what);
    }
}
