using System.Collections.Concurrent;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>
/// Keeps what candles cannot tell — order book, open interest, funding — and gives it as one <see cref="MarketContext"/> at
/// the moment of a decision. A reading that is missing or too old is NaN.
/// </summary>
public sealed class ContextKeeper(
    ContextOptions options, IPositioning positioning, IBookSource? books, IExchangeClock clock, TimeProvider time)
{
    private const int RequestsAtOnce = 4;
    private static readonly long Bar = TimeFrame.M15.Ms();

    private readonly ConcurrentDictionary<Symbol, SymbolPositioning> _symbols = new();
    private long _fundingReadAtMs = long.MinValue;

    /// <summary>Readings that failed; the next round tries again.</summary>
    public long Failures { get; private set; }

    /// <summary>What is known of a symbol now, for a decision at a closing time.</summary>
    public MarketContext Of(Symbol symbol, long closeMs)
    {
        var book = options.OrderBooks && books is not null ? books.Read(symbol) : Unread;
        var known = _symbols.GetValueOrDefault(symbol);
        var (change, rank) = known?.ChangeAt(closeMs) ?? (double.NaN, double.NaN);
        return new(
            book.Imbalance, book.ImbalanceMedian, change, rank, known?.FundingZAt(closeMs) ?? double.NaN, book.SpreadFraction);
    }

    /// <summary>Keeps the readings of these symbols fresh until it is cancelled.</summary>
    /// <param name="symbols">The symbols, as they are at each round.</param>
    /// <param name="cancel">Ends it.</param>
    public async Task RunAsync(Func<IReadOnlyCollection<Symbol>> symbols, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var began = time.GetTimestamp();
                await SeedAsync(symbols(), cancel);
                var closeMs = (clock.NowMs / Bar * Bar) + Bar;
                var untilLead = closeMs - (options.OpenInterestLeadSeconds * 1_000L) - clock.NowMs;
                if (untilLead > 0) await Task.Delay(Wall(untilLead), time, cancel);
                if (clock.NowMs < closeMs) await ReadAsync(symbols(), closeMs, cancel);
                var untilClose = closeMs - clock.NowMs;
                if (untilClose > 0) await Task.Delay(Wall(untilClose), time, cancel);
                var rest = TimeSpan.FromSeconds(options.RoundSecondsMin) - time.GetElapsedTime(began);
                if (rest > TimeSpan.Zero) await Task.Delay(rest, time, cancel);
            }
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Asked to end.
        }
    }

    /// <summary>Reads the past of symbols that are new, and funding of all after a settlement.</summary>
    public async Task SeedAsync(IReadOnlyCollection<Symbol> symbols, CancellationToken cancel)
    {
        foreach (var gone in _symbols.Keys.Except(symbols).ToArray()) _symbols.TryRemove(gone, out _);
        var fresh = symbols.Where(symbol => !_symbols.ContainsKey(symbol)).ToArray();
        foreach (var symbol in fresh) _symbols[symbol] = new();
        if (options.OpenInterest)
        {
            await EachAsync(fresh, async (symbol, stop) => _symbols[symbol].SeedOpenInterest(
                await positioning.OpenInterestHistoryAsync(symbol, TimeFrame.M15, SymbolPositioning.Changes + 1, stop)), cancel);
        }

        if (!options.FundingRates) return;
        // Settlements are on the hour at the earliest; a rate takes a moment to be listed.
        var settledMs = TimeFrame.H1.OpenOf(clock.NowMs - 60_000);
        var all = settledMs > _fundingReadAtMs;
        _fundingReadAtMs = settledMs;
        await EachAsync(
            all ? [.. symbols.Where(symbol => _symbols[symbol].IsFundingDue(clock.NowMs))] : fresh,
            async (symbol, stop) => _symbols[symbol].SeedFunding(
                await positioning.FundingRatesAsync(symbol, SymbolPositioning.Settlements, stop)),
            cancel);
    }

    private static BookReading Unread { get; } = new(
        BookTrust.Disconnected, 0, 0, 0, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    private Task ReadAsync(IReadOnlyCollection<Symbol> symbols, long closeMs, CancellationToken cancel) =>
        options.OpenInterest
            ? EachAsync(symbols, async (symbol, stop) => _symbols[symbol].Add(
                closeMs, await positioning.OpenInterestAsync(symbol, stop)), cancel)
            : Task.CompletedTask;

    private Task EachAsync(
        IEnumerable<Symbol> symbols, Func<Symbol, CancellationToken, Task> read, CancellationToken cancel) =>
        Parallel.ForEachAsync(
            symbols,
            new ParallelOptions { MaxDegreeOfParallelism = RequestsAtOnce, CancellationToken = cancel },
            async (symbol, stop) =>
            {
                try
                {
                    await read(symbol, stop);
                }
                catch (Exception e) when (e is not OperationCanceledException || !stop.IsCancellationRequested)
                {
                    Failures++;   // stays unavailable: the adapter has said why
                }
            });

    private TimeSpan Wall(long marketMs) => TimeSpan.FromMilliseconds(Math.Max(1, marketMs / clock.Speed));
}
