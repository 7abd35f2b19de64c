using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using FuturesBot.Domain;
using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Backtesting;

/// <summary>
/// Computes the parts of a <see cref="BacktestPlan"/> and merges them. A part depends on the plan, the options and the candles alone, and
/// the merge on the parts in the plan's order, so one machine and many give the same bytes.
/// </summary>
public static class PlannedBacktest
{
    // As the ledger's header writes options: names of enums, no computed properties.
    private static readonly JsonSerializerOptions OptionsFormat = new() { IgnoreReadOnlyProperties = true, Converters = { new JsonStringEnumConverter() } };

    /// <summary>Equal options have equal fingerprints.</summary>
    public static string HashOf(KernelOptions options) =>
        Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(options, OptionsFormat)))[..16];

    /// <summary>Computes one part.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="index">Which part.</param>
    /// <param name="options">Every threshold.</param>
    /// <param name="source">The candles of all its symbols; what lies outside of the part and what ripens its studies is not read.</param>
    /// <param name="time">For measuring alone.</param>
    /// <param name="cancel">Ends the run early.</param>
    public static CellOutcome Run(
        BacktestPlan plan, int index, KernelOptions options, ICandleSource source, TimeProvider time, CancellationToken cancel = default)
    {
        var cell = plan.Cells()[index];
        var request = plan.RequestOf(cell, options);
        source = new LimitedCandles(source, Math.Min(request.FromMs, request.WarmUpFromMs), request.ToMs);
        BacktestResult result;
        try
        {
            result = new BacktestRunner(source, time).Run(request, ledger: null, progress: null, cancel);
        }
        catch (Exception nothing) when (nothing is ArgumentException or InvalidDataException && HasNothing(source, cell))
        {
            return Empty(index, options);
        }

        var counted = cell.Symbols.Select(symbol => symbol.Name).ToHashSet(StringComparer.Ordinal);
        return new()
        {
            Index = index,
            OptionsHash = HashOf(options),
            Profile = options.Profile,
            Trades = [.. result.Trades.Where(trade => counted.Contains(trade.Symbol)).Select(TradeRecordJson.ToJson)],
            Refusals = result.Refusals,
            DataFromMs = result.Facts.DataFromMs,
            DataToMs = result.Facts.DataToMs,
            Candles = result.Facts.Candles,
            OpenAtEnd = result.OpenAtEnd,
        };
    }

    /// <summary>All parts one after another, on this machine.</summary>
    public static IReadOnlyList<CellOutcome> RunAll(
        BacktestPlan plan, KernelOptions options, ICandleSource source, TimeProvider time, CancellationToken cancel = default) =>
        [.. plan.Cells().Select(cell => Run(plan, cell.Index, options, source, time, cancel))];

    /// <summary>Merges the parts: trades by their close, at equal times in the plan's order.</summary>
    /// <returns><c>trades.jsonl</c> and <c>summary.json</c>. Candles per second are no figure of many machines: 0.</returns>
    /// <exception cref="InvalidDataException">A part is missing, there twice, or was computed with other options.</exception>
    public static (byte[] Trades, byte[] Summary) Merge(BacktestPlan plan, IEnumerable<CellOutcome> outcomes)
    {
        var parts = outcomes.OrderBy(outcome => outcome.Index).ToArray();
        var wanted = plan.Cells().Count;
        if (parts.Length != wanted || parts.Where((part, i) => part.Index != i).Any())
            throw new InvalidDataException($"The plan has {wanted} parts; there are results of {string.Join(", ", parts.Select(part => part.Index))}");
        if (parts.Select(part => part.OptionsHash).Distinct(StringComparer.Ordinal).Count() > 1)
            throw new InvalidDataException("The parts were computed with different options; compute them anew");
        var filled = parts.Where(part => !part.IsEmpty).ToArray();
        if (filled.Length == 0) throw new InvalidDataException("No candle closes in the time asked for");

        var trades = filled
            .SelectMany(part => part.Trades.Select((line, place) => (Line: line, Trade: TradeRecordJson.Parse(line), part.Index, Place: place)))
            .OrderBy(one => one.Trade.ClosedAtMs).ThenBy(one => one.Index).ThenBy(one => one.Place)
            .ToArray();
        var refusals = filled
            .SelectMany(part => part.Refusals)
            .GroupBy(refusal => refusal.Reason, StringComparer.Ordinal)
            .Select(group => new RefusalCount(group.Key, group.Sum(refusal => refusal.Count), group.Last().Example))   // the latest is kept
            .OrderByDescending(refusal => refusal.Count).ThenBy(refusal => refusal.Reason, StringComparer.Ordinal)
            .ToArray();
        var facts = new RunFacts(
            filled[0].Profile, filled.Min(part => part.DataFromMs), filled.Max(part => part.DataToMs), plan.Symbols.Count,
            filled.Sum(part => part.Candles), CandlesPerSecond: 0, LedgerHash: null);
        var panel = PerformancePanel.Of(
            [.. trades.Select(one => one.Trade)], new(facts.DataFromMs, facts.DataToMs, AuthorCounting: facts.Profile == "seed"), refusals);
        var lines = new StringBuilder();
        foreach (var one in trades) lines.Append(one.Line).Append('\n');
        return (Encoding.UTF8.GetBytes(lines.ToString()), SummaryJson.ToUtf8(new(facts, panel)));
    }

    /// <summary>A part's result as bytes.</summary>
    public static byte[] Write(CellOutcome outcome) => JsonSerializer.SerializeToUtf8Bytes(outcome, SignalJson.Options);

    /// <exception cref="InvalidDataException">It is no result of a part.</exception>
    public static CellOutcome Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<CellOutcome>(bytes, SignalJson.Options) ?? throw new InvalidDataException("A part's result was null");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"No result of a part: {e.Message}", e);
        }
    }

    private static CellOutcome Empty(int index, KernelOptions options) => new()
    {
        Index = index,
        OptionsHash = HashOf(options),
        Profile = options.Profile,
        Trades = [],
        Refusals = [],
        DataFromMs = 0,
        DataToMs = 0,
        Candles = 0,
        OpenAtEnd = 0,
        IsEmpty = true,
    };

    /// <summary>True when the run failed because there was nothing to run over, and not for another reason.</summary>
    private static bool HasNothing(ICandleSource source, BacktestCell cell)
    {
        foreach (var series in source.Series.Where(series => cell.Symbols.Contains(series.Symbol)))
        {
            using var reader = source.Open(series);
            while (reader.TryRead(out var candle))
            {
                var closeMs = candle.CloseTimeMs(series.Frame);
                if (closeMs > cell.ToMs) break;
                if (closeMs > cell.FromMs) return false;
            }
        }

        return true;
    }
}
