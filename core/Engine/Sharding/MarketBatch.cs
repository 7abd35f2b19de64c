using FuturesBot.Domain;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Running;

namespace FuturesBot.Engine.Sharding;

/// <summary>
/// What the holder of the market tells the kernel of a shard, numbered without a hole: a message of the queue and a row of the
/// <see cref="IBatchLog">log</see> alike. All that moves a kernel from outside is in here, so that whoever takes the same
/// batches in their order comes to the same state.
/// </summary>
/// <remarks>
/// A closing time that does not fit into one batch comes in several with the same <see cref="CloseMs"/>; the last of them says so.
/// </remarks>
public sealed record MarketBatch
{
    /// <summary>Largest batch in bytes of JSON: base64 makes 64 KiB of it, which is what a queue takes.</summary>
    public const int BytesMax = 48 * 1024;

    /// <summary>The portfolio it belongs to, such as <c>main</c>.</summary>
    public required string Shard { get; init; }

    /// <summary>1, 2, 3 … per shard.</summary>
    public required long Number { get; init; }

    /// <summary>Which holder of the shard published it: one more with each that takes over.</summary>
    public long Epoch { get; init; }

    /// <summary>The closing time, market time, UTC, Unix milliseconds; never below that of the batch before.</summary>
    public required long CloseMs { get; init; }

    /// <summary>False while more of the same closing time follows.</summary>
    public bool IsLast { get; init; } = true;

    /// <summary>
    /// Closed candles, none of which closes after <see cref="CloseMs"/>: those of 15m and longer that close then, and the minutes of
    /// watched symbols, also earlier ones that were not told before.
    /// </summary>
    public IReadOnlyList<FeedCandle> Candles { get; init; } = [];

    /// <summary>What candles cannot tell, of the symbols of which something is known.</summary>
    public IReadOnlyList<SymbolContext> Contexts { get; init; } = [];

    /// <summary>Levels of watched signals that the price has reached since the last batch.</summary>
    public IReadOnlyList<LevelCrossing> Crossings { get; init; } = [];

    /// <summary>Symbols that come in, and those whose rules have changed; their past is stored.</summary>
    public IReadOnlyList<SymbolListing> Listings { get; init; } = [];

    /// <summary>
    /// Market time up to which the past of <see cref="Listings"/> is stored and will not change, UTC, Unix milliseconds: a kernel folds so
    /// much of it and no more, whenever it takes the batch in. What closed later comes in batches.
    /// </summary>
    public long ListedToMs { get; init; } = long.MaxValue;

    /// <summary>Symbols that are to leave once nothing of them lives.</summary>
    public IReadOnlyList<Symbol> Leaving { get; init; } = [];

    /// <summary>An order that no new signal may begin, or that they may again; null: nothing of the kind.</summary>
    public HaltOrder? Halt { get; init; }

    /// <summary>What became of commands.</summary>
    public IReadOnlyList<CommandAnswer> Answers { get; init; } = [];

    /// <summary>
    /// By itself it need not wake whoever takes batches in: a part of a closing time, minutes, answers. It stands in the log like any other,
    /// and whoever takes the next one in reads it there. A minute that moves a signal is quiet too: that is known only once it is computed.
    /// </summary>
    public bool IsQuiet => !IsLast
        || (Halt is null && Crossings.Count + Listings.Count + Leaving.Count == 0 && Candles.Count + Answers.Count > 0
            && Candles.All(one => one.Series.Frame < TimeFrame.M15));

    /// <summary>Wall time at which it was put together, UTC, Unix milliseconds.</summary>
    public long PublishedAtMs { get; init; }

    /// <summary>W3C trace context of the candle that caused it; null when nobody traces.</summary>
    public string? TraceParent { get; init; }
}
