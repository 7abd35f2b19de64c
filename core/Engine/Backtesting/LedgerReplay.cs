using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Backtesting;

/// <summary>
/// Lives through a recorded run again, with the options and rules of its ledger's header, and holds every
/// line that comes out against the recorded one. Reads both once; keeps neither.
/// </summary>
/// <param name="source">The candles, of which the recorded series are used.</param>
/// <param name="time">For the run's own figures; decisions know no clock.</param>
public sealed class LedgerReplay(ICandleSource source, TimeProvider time)
{
    /// <summary>
    /// Series of the recorded run that the source lacks: without them a replay says nothing.
    /// </summary>
    public IReadOnlyList<SeriesInfo> MissingOf(LedgerHeader header) =>
        [.. SeriesOf(header).Except(source.Series)];

    /// <param name="header">The ledger's header.</param>
    /// <param name="ledger">The ledger from its first byte on.</param>
    /// <param name="progress">Told now and then; null: nobody listens.</param>
    /// <param name="cancel">Ends the replay early.</param>
    /// <exception cref="ArgumentException">
    /// The source lacks a series, see <see cref="MissingOf"/>.
    /// </exception>
    public ReplayVerdict Run(
        LedgerHeader header, Stream ledger, IProgress<BacktestProgress>? progress, CancellationToken cancel)
    {
        if (MissingOf(header) is { Count: > 0 } missing)
            throw new ArgumentException($"The data lacks {string.Join(", ", missing)}", nameof(header));

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var comparison = new LedgerComparison(ledger, stop.Cancel);
        try
        {
            new BacktestRunner(new Recorded(source, header), time)
                .Run(header.Request, comparison, progress, stop.Token);
        }
        catch (OperationCanceledException) when (comparison.First is not null)
        {
            // Nothing after the first difference says anything.
        }

        return comparison.Finish();
    }

    private static IEnumerable<SeriesInfo> SeriesOf(LedgerHeader header) => header.Symbols
        .SelectMany(entry => entry.Value.Frames, (entry, frame) => new SeriesInfo(entry.Key, frame));

    /// <summary>The source as the recorded run saw it: its series, its rules.</summary>
    private sealed class Recorded(ICandleSource source, LedgerHeader header) : ICandleSource
    {
        public IReadOnlyList<SeriesInfo> Series { get; } =
            [.. source.Series.Where(SeriesOf(header).ToHashSet().Contains)];

        public ICandleReader Open(SeriesInfo series) => source.Open(series);

        public FoundRules? RulesOf(Symbol symbol) => header.Symbols[symbol].Found;
    }
}
