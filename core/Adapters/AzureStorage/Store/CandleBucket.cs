using System.Runtime.InteropServices;
using FuturesBot.Adapters.AzureStorage.Tables;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.AzureStorage.Store;

/// <summary>One series' candles of one bucket as they are stored, and the version of their row.</summary>
internal sealed class CandleBucket(SeriesInfo series, long startMs)
{
    private const string Column = "candles";

    public SeriesInfo Series => series;

    public long StartMs => startMs;

    /// <summary>In order of time, each open time once.</summary>
    public List<Candle> Candles { get; private init; } = [];

    public string? ETag { get; set; }

    public string Partition => CandleBuckets.PartitionOf(series.Frame, startMs);

    public string Key => CandleBuckets.KeyOf(series);

    public static CandleBucket From(SeriesInfo series, long startMs, TableRow row) =>
        new(series, startMs) { Candles = [.. CandleBytes.Read(row.Bytes(Column))], ETag = row.ETag };

    /// <summary>One that can be changed; it has room for one more candle, because thousands are kept.</summary>
    public CandleBucket Copy()
    {
        var candles = new List<Candle>(Candles.Count + 1);
        candles.AddRange(Candles);
        return new(series, startMs) { Candles = candles, ETag = ETag };
    }

    /// <summary>The change that stores it, if nobody else has changed it since it was read.</summary>
    public TableAction ToAction()
    {
        if (Candles.Count > CandleBytes.CandleMaxCount)
            throw new InvalidDataException($"{series} has {Candles.Count} candles from {startMs} on; {CandleBytes.CandleMaxCount} fit a row");
        var row = new TableRow(Partition, Key) { ETag = ETag };
        row.With(Column, CandleBytes.Write(CollectionsMarshal.AsSpan(Candles))).With("symbol", series.Symbol.Name);
        return ETag is null ? TableAction.Insert(row) : TableAction.Update(row);
    }

    /// <summary>The first value of an open time stays.</summary>
    public AppendCounts Append(in Candle candle)
    {
        var at = Find(candle.OpenTimeMs);
        if (at >= 0) return Candles[at].Equals(candle) ? new(0, 1, 0) : new(0, 0, 1);
        Candles.Insert(~at, candle);
        return new(1, 0, 0);
    }

    /// <summary>Afterwards the range holds these and no others.</summary>
    public RepairCounts Replace(IReadOnlyDictionary<long, Candle> wanted, long fromMs, long toMs)
    {
        long added = 0, same = 0, replaced = 0;
        var removed = Candles.RemoveAll(old => old.OpenTimeMs >= fromMs && old.OpenTimeMs < toMs && !wanted.ContainsKey(old.OpenTimeMs));
        foreach (var candle in wanted.Values)
        {
            var at = Find(candle.OpenTimeMs);
            if (at < 0)
            {
                Candles.Insert(~at, candle);
                added++;
            }
            else if (Candles[at].Equals(candle))
            {
                same++;
            }
            else
            {
                Candles[at] = candle;
                replaced++;
            }
        }

        return new(added, same, replaced, removed);
    }

    private int Find(long openTimeMs)
    {
        var (low, high) = (0, Candles.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var there = Candles[middle].OpenTimeMs;
            if (there == openTimeMs) return middle;
            if (there < openTimeMs) low = middle + 1;
            else high = middle - 1;
        }

        return ~low;
    }
}
