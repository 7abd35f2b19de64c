using System.Security.Cryptography;
using System.Text.Json;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Backtesting;
using FuturesBot.Engine.Running;
using FuturesBot.Functions.Wiring;
using Microsoft.Azure.Functions.Worker;

namespace FuturesBot.Functions.Backtests;

/// <summary>What backtests have carried out. Results lie on the shelf, because a message holds no more than some kilobytes.</summary>
public sealed class BacktestActivities(Parts parts)
{
    /// <summary>Computes a part and puts it on the shelf; the SHA-256 of what lies there.</summary>
    [Function(nameof(RunPart))]
    public async Task<string> RunPart([ActivityTrigger] BacktestPart part, CancellationToken cancel)
    {
        var storage = await parts.StorageAsync(cancel);
        // What was asked for lies beside what comes of it, for whoever shows it.
        if (part.Index == 0)
            await storage.Backtests.WriteAsync(ShelfFiles.Of(part.Backtest, ShelfFiles.Plan), JsonSerializer.SerializeToUtf8Bytes(part.Plan, SignalJson.Options), cancel);
        var listings = await StoredRun.FindListingsAsync(storage.Signals, cancel)
            ?? (await storage.Log.SetupAsync(parts.Shard, cancel))?.Listings
            ?? throw new InvalidDataException("The rules of no symbol are known: the holder of the market has published nothing yet");
        await storage.Candles.RefreshAsync(cancel);   // the holder of the market has written what this instance does not know of
        var options = parts.Bot.Kernel;
        var request = part.Plan.RequestOf(part.Plan.Cells()[part.Index], options);
        var source = await StoredMarket.OpenAsync(storage.Candles, listings, request, cancel);
        var bytes = PlannedBacktest.Write(PlannedBacktest.Run(part.Plan, part.Index, options, source, parts.Time, cancel));
        await storage.Backtests.WriteAsync(BacktestPart.NameOf(part.Backtest, part.Index), bytes, cancel);
        return HashOf(bytes);
    }

    /// <summary>Merges the parts into the two files of a backtest.</summary>
    [Function(nameof(MergeParts))]
    public async Task<BacktestReceipt> MergeParts([ActivityTrigger] BacktestMerge merge, CancellationToken cancel)
    {
        var shelf = (await parts.StorageAsync(cancel)).Backtests;
        var outcomes = new List<CellOutcome>();
        for (var i = 0; i < merge.Hashes.Count; i++)
        {
            var name = BacktestPart.NameOf(merge.Backtest, i);
            var bytes = await shelf.ReadAsync(name, cancel) ?? throw new InvalidDataException($"'{name}' is not there; run the backtest again");
            if (HashOf(bytes.Span) != merge.Hashes[i]) throw new InvalidDataException($"'{name}' is not what was computed; run the backtest again");
            outcomes.Add(PlannedBacktest.Read(bytes.Span));
        }

        var (trades, summary) = PlannedBacktest.Merge(merge.Plan, outcomes);
        await shelf.WriteAsync(ShelfFiles.Of(merge.Backtest, ShelfFiles.Trades), trades, cancel);
        await shelf.WriteAsync(ShelfFiles.Of(merge.Backtest, ShelfFiles.Summary), summary, cancel);
        return new(merge.Backtest, outcomes.Count, HashOf(trades), HashOf(summary));
    }

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
