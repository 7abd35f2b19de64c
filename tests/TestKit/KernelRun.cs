using FuturesBot.Domain;
using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Domain.Strategies;

namespace FuturesBot.TestKit;

/// <summary>A pipeline, fed batch by batch the way a host feeds it.</summary>
public sealed class KernelRun
{
    private readonly bool _context;

    /// <param name="options">Every threshold.</param>
    /// <param name="listings">The feed's symbols, in the pipeline's order.</param>
    /// <param name="sink">Takes what is decided.</param>
    /// <param name="depth">How much is asked.</param>
    /// <param name="context">Give book, open interest and funding too, made up from the time alone.</param>
    /// <param name="strategies">Null: the catalog's.</param>
    public KernelRun(
        KernelOptions options,
        IReadOnlyList<SymbolListing> listings,
        IPipelineSink sink,
        PipelineDepth depth = PipelineDepth.Exhaustive,
        bool context = true,
        IEnumerable<IStrategy>? strategies = null)
    {
        _context = context;
        Pipeline = new(options, listings, depth, sink, strategies);
    }

    public Pipeline Pipeline { get; }

    public KernelRun FeedAll(IEnumerable<ClosedBatch> batches)
    {
        foreach (var batch in batches) Feed(batch);
        return this;
    }

    public void Feed(ClosedBatch batch)
    {
        var studied = false;
        foreach (var candle in batch.Candles)
        {
            Pipeline.OnCandle(candle.Desk, candle.Frame, candle.Candle);
            studied |= candle.Frame >= TimeFrame.M15;
        }

        if (!studied) return;
        for (var i = 0; _context && i < Pipeline.Desks.Count; i++)
            Pipeline.Desks[i].Context = ContextAt(batch.CloseMs, i);
        Pipeline.Close(batch.CloseMs);
    }

    /// <summary>A book that presses to and fro, open interest that often jumps: so that every strategy finds something.</summary>
    public static MarketContext ContextAt(long closeMs, int desk)
    {
        var random = new Random((int)((closeMs / 900_000 % 1_000_000) + (desk * 7919)));
        var pressure = (2 * random.NextDouble()) - 1;
        var interest = (0.06 * random.NextDouble()) - 0.02;
        return new(pressure, pressure, interest, interest > 0 ? 95 : 40, (6 * random.NextDouble()) - 3, 0.0001);
    }
}
