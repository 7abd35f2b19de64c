using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.AzureStorage.Market;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;
using FuturesBot.Engine.Sharding;
using Xunit;

namespace FuturesBot.Sidecar.Tests;

/// <summary>What stands in a shard's log, and what must hold of it however often its holder changed.</summary>
internal static class Published
{
    /// <summary>The whole log.</summary>
    public static async Task<IReadOnlyList<MarketBatch>> ReadAsync(StorageAccount account, string prefix)
    {
        var cancel = TestContext.Current.CancellationToken;
        var log = new TableBatchLog(account, prefix);
        var head = await log.HeadAsync("main", cancel) ?? throw new InvalidDataException("The shard has no head");
        var batches = new List<MarketBatch>();
        for (var number = 1L; number <= head.Number; number++)
            batches.Add(await log.ReadAsync("main", number, cancel) ?? throw new InvalidDataException($"Batch {number} of {head.Number} is missing"));
        return batches;
    }

    /// <summary>Every closed candle of 15m and longer is there once, of each symbol, without a hole; the minutes at most once.</summary>
    public static void AssertEachOnce(IReadOnlyList<MarketBatch> batches, int symbols)
    {
        var all = batches.SelectMany(batch => batch.Candles).ToArray();
        Assert.Empty(all.GroupBy(one => (one.Series, one.Candle.OpenTimeMs)).Where(same => same.Count() > 1).Select(same => same.Key.ToString()));
        var quarters = all.Where(one => one.Series.Frame == TimeFrame.M15).GroupBy(one => one.Series).ToArray();
        Assert.Equal(symbols, quarters.Length);
        foreach (var series in quarters)
        {
            var opens = series.Select(one => one.Candle.OpenTimeMs).ToArray();
            Assert.Equal(Enumerable.Range(0, opens.Length).Select(i => opens[0] + (i * TimeFrame.M15.Ms())), opens);
        }

        Assert.Single(quarters.Select(series => (series.Min(one => one.Candle.OpenTimeMs), series.Count())).Distinct());
        var closes = batches.Select(batch => batch.CloseMs).ToArray();
        Assert.Equal(closes.Order(), closes);
    }

    /// <summary>What was published is what the exchange says.</summary>
    public static void AssertSame(IReadOnlyList<MarketBatch> batches, SeriesInfo series, IReadOnlyList<Candle> truth)
    {
        var told = batches.SelectMany(batch => batch.Candles).Where(one => one.Series == series).ToDictionary(one => one.Candle.OpenTimeMs, one => one.Candle);
        foreach (var candle in truth.Where(candle => told.ContainsKey(candle.OpenTimeMs))) Assert.Equal(candle, told[candle.OpenTimeMs]);
        Assert.True(told.Count > 0, $"{series} was never told");
    }
}
