using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ledger;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Recording;
using FuturesBot.Engine.Reporting;

namespace FuturesBot.Engine.Backtesting;

/// <summary>
/// Lives through recorded candles with the kernel that trades live. Decisions, trades and ledger depend on
/// the candles and the options alone: two runs give the same bytes.
/// </summary>
public sealed class BacktestRunner(ICandleSource source, TimeProvider time)
{
    /// <summary>The frames the kernel takes; those not recorded are built from shorter ones.</summary>
    private static readonly TimeFrame[] Frames =
        [TimeFrame.M1, TimeFrame.M5, TimeFrame.M15, TimeFrame.H1, TimeFrame.H4, TimeFrame.D1];

    // How many closing times pass between two looks at cancellation and progress.
    private const int LookEvery = 4096;

    /// <param name="request">What to run.</param>
    /// <param name="ledger">Takes <c>decisions.jsonl</c>; null with the ledger off.</param>
    /// <param name="progress">Told now and then; null: nobody listens.</param>
    /// <param name="cancel">Ends the run early.</param>
    /// <exception cref="ArgumentException">The source has no candles of the asked symbols.</exception>
    public BacktestResult Run(
        BacktestRequest request, Stream? ledger, IProgress<BacktestProgress>? progress, CancellationToken cancel)
    {
        var chosen = new ChosenSymbols(source, request.Symbols);
        if (chosen.Series.Count == 0) throw new ArgumentException(Missing(request), nameof(request));

        var rules = chosen.Series.Select(series => series.Symbol).Distinct()
            .Select(symbol => (Symbol: symbol, Found: source.RulesOf(symbol)))
            .Where(entry => entry.Found is not null)   // a symbol without one usable row
            .ToDictionary(entry => entry.Symbol, entry => entry.Found!);
        chosen.KeepOnly(rules.Keys);
        if (chosen.Series.Count == 0) throw new InvalidDataException("No row of the data could be read as a candle");
        using var merge = ChronologicalMerge.Open(chosen, Frames);
        using var writer = ledger is null || request.Ledger == LedgerDepth.Off ? null : new LedgerWriter(ledger, leaveOpen: true);
        writer?.Write(LedgerKind.Header, LedgerHeader.Of(request, chosen.Series, rules));
        var recorder = writer is null ? null : new LedgerRecorder(writer, request.Ledger);
        var sink = new BacktestSink(recorder);
        var depth = recorder is null ? PipelineDepth.FirstNo : PipelineDepth.Exhaustive;
        var pipeline = new Pipeline(request.Options, ListingsOf(merge, rules), depth, sink);
        var loop = new Loop(merge, pipeline, recorder, request);

        var started = time.GetTimestamp();
        while (loop.Step())
        {
            if (loop.Closings % LookEvery != 0) continue;
            cancel.ThrowIfCancellationRequested();
            progress?.Report(new(loop.NowMs, merge.Counts.Rows, sink.Trades.Count));
        }

        if (loop.NowMs == long.MinValue) throw new InvalidDataException("No candle closes in the time asked for");
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        var root = writer?.WriteFooter();
        var counts = merge.Counts;
        return new()
        {
            Trades = sink.Trades,
            Refusals = sink.Refusals,
            Facts = new(
                request.Options.Profile, loop.FirstMs, loop.NowMs, rules.Count, counts.Rows, seconds > 0 ? counts.Rows / seconds : 0, root),
            Counts = counts,
            Rules = rules,
            OpenAtEnd = pipeline.Desks.Sum(desk => desk.Live.Count),
            DecisionBars = sink.DecisionBars,
            Triggers = sink.Triggers,
            NearMisses = sink.NearMisses,
            Unavailable = sink.Unavailable,
            ParentsRefused = merge.ParentsRefused,
            FrameMismatches = loop.FrameMismatches,
            FollowedByMinutes = [.. merge.Series.Where(series => series.Info.Frame == TimeFrame.M1).Select(series => series.Info.Symbol).Order()],
            CostGates = sink.CostGates,
            Data = loop.DataOf(rules),
            Charts = sink.Charts.Finish(),
        };
    }

    private string Missing(BacktestRequest request) =>
        source.Series.Count == 0
            ? "There are no kline files in the data"
            : $"None of {string.Join(", ", request.Symbols)} is in the data; there are {string.Join(", ", source.Series.Select(series => series.Symbol).Distinct())}";

    internal static IEnumerable<SymbolListing> ListingsOf(ChronologicalMerge merge, Dictionary<Symbol, FoundRules> rules) =>
        merge.Series
            .GroupBy(series => series.Info.Symbol)
            .Select(group => new SymbolListing(
                group.Key,
                rules[group.Key].Rules,
                group.Select(series => series.Info.Frame).Where(frame => frame >= TimeFrame.M15).DefaultIfEmpty(TimeFrame.M15).Min()))
            .Select(listing => listing.BaseFrame > TimeFrame.H4 ? listing with { BaseFrame = TimeFrame.H4 } : listing);

    /// <summary>The source, narrowed to the symbols asked for.</summary>
    private sealed class ChosenSymbols(ICandleSource source, IReadOnlyList<Symbol> symbols) : ICandleSource
    {
        public IReadOnlyList<SeriesInfo> Series { get; private set; } =
            symbols.Count == 0 ? source.Series : [.. source.Series.Where(series => symbols.Contains(series.Symbol))];

        public void KeepOnly(IReadOnlyCollection<Symbol> usable) =>
            Series = [.. Series.Where(series => usable.Contains(series.Symbol))];

        public ICandleReader Open(SeriesInfo series) => source.Open(series);

        public FoundRules? RulesOf(Symbol symbol) => source.RulesOf(symbol);
    }

    /// <summary>One closing time after the other.</summary>
    private sealed class Loop
    {
        private readonly ChronologicalMerge _merge;
        private readonly Pipeline _pipeline;
        private readonly LedgerRecorder? _ledger;
        private readonly BacktestRequest _request;
        private readonly int[] _desks;
        private readonly TimeFrame[] _frames;
        private readonly FrameCrossCheck?[] _checks;   // by desk; null where one of the two frames is not recorded
        private readonly SeriesTally[] _tallies;       // by series
        private (long CloseMs, Candle Candle) _btcHour;   // while studies ripen

        public Loop(ChronologicalMerge merge, Pipeline pipeline, LedgerRecorder? ledger, BacktestRequest request)
        {
            _merge = merge;
            _pipeline = pipeline;
            _ledger = ledger;
            _request = request;
            _desks = [.. merge.Series.Select(series => pipeline.IndexOf(series.Info.Symbol))];
            _frames = [.. merge.Series.Select(series => series.Info.Frame)];
            _tallies = [.. merge.Series.Select(series => new SeriesTally(series.Info.Frame))];
            _checks = [.. pipeline.Desks.Select(desk => Recorded(desk.Symbol, TimeFrame.M5) && Recorded(desk.Symbol, TimeFrame.M15)
                ? new FrameCrossCheck()
                : null)];

            bool Recorded(Symbol symbol, TimeFrame frame) =>
                merge.Series.Any(series => series.Info == new SeriesInfo(symbol, frame) && series.BuiltFrom is null);
        }

        public long NowMs { get; private set; } = long.MinValue;

        public long FirstMs { get; private set; } = long.MaxValue;

        public long Closings { get; private set; }

        public long FrameMismatches => _checks.Sum(check => check?.Mismatches ?? 0);

        /// <summary>What each symbol's data was like, counted over the shortest frame it was recorded in.</summary>
        public IReadOnlyList<SymbolData> DataOf(IReadOnlyDictionary<Symbol, FoundRules> rules) =>
            [.. _merge.Series
                .Select((series, i) => (series.Info, series.BuiltFrom, Tally: _tallies[i]))
                .GroupBy(entry => entry.Info.Symbol)
                .OrderBy(group => group.Key)
                .Select(group => DataOf(group.Key, rules[group.Key], [.. group.OrderBy(entry => entry.Info.Frame)]))];

        public bool Step()
        {
            if (!_merge.TryReadBatch(out var closeMs) || closeMs > _request.ToMs) return false;
            Closings++;
            if (closeMs <= _request.FromMs)
            {
                if (closeMs > _request.WarmUpFromMs) WarmUp(closeMs);
                return true;
            }

            var studied = false;
            foreach (ref readonly var merged in _merge.Batch)
            {
                var frame = _frames[merged.Series];
                studied |= frame >= TimeFrame.M15;
                _tallies[merged.Series].Add(merged.Candle.OpenTimeMs);
                if (NowMs == long.MinValue) FirstMs = Math.Min(FirstMs, merged.Candle.OpenTimeMs);   // the first batch
                if (_checks[_desks[merged.Series]] is { } check)
                {
                    if (frame == TimeFrame.M15) check.Recorded(merged.Candle);
                    if (frame == TimeFrame.M5) check.Child(merged.Candle);
                }

                if (frame != TimeFrame.M5) _pipeline.OnCandle(_desks[merged.Series], frame, merged.Candle);
            }

            NowMs = closeMs;
            if (!studied) return true;
            _pipeline.Close(closeMs);
            _ledger?.CloseBar(closeMs);
            return true;
        }

        /// <summary>Folds what closes now into the studies, as a system does with the history that it loads.</summary>
        private void WarmUp(long closeMs)
        {
            foreach (ref readonly var merged in _merge.Batch)
            {
                var frame = _frames[merged.Series];
                if (frame < TimeFrame.M15) continue;
                if (frame == TimeFrame.H1 && _merge.Series[merged.Series].Info.Symbol == Symbol.Btc) _btcHour = (closeMs, merged.Candle);   // BTC comes first
                _pipeline.WarmUp(_desks[merged.Series], frame, merged.Candle, _btcHour.CloseMs == closeMs ? _btcHour.Candle : default);
            }
        }

        private static SymbolData DataOf(
            Symbol symbol, FoundRules rules, (SeriesInfo Info, TimeFrame? BuiltFrom, SeriesTally Tally)[] series)
        {
            var recorded = series.Where(entry => entry.BuiltFrom is null).Select(entry => entry.Info.Frame.Code());
            var built = series.Where(entry => entry.BuiltFrom is not null).Select(entry => entry.Info.Frame.Code()).ToArray();
            var frames = string.Join(", ", recorded) + (built.Length > 0 ? $"; {string.Join(", ", built)} built" : "");
            var shortest = series.First(entry => entry.BuiltFrom is null).Tally;
            return new(
                symbol.Name,
                frames,
                rules.Rules.TickSize,
                rules.Origin == RulesOrigin.ExchangeInfo ? "exchangeInfo" : "inferred from the prices",
                shortest.FirstMs,
                shortest.EndMs,
                series.Where(entry => entry.BuiltFrom is null).Sum(entry => entry.Tally.Candles),
                shortest.Gaps,
                shortest.Missing);
        }
    }
}
