using FuturesBot.Domain.Analysis;
using FuturesBot.Domain.Market;
using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Running;

/// <summary>
/// The zones of a symbol as they were known at past closing times: its stored candles are folded anew, and nothing that
/// closed later than the time asked for is read.
/// </summary>
public static class PastZones
{
    // Zones live on swings of hours and days: these many candles of each frame before the first time make them ripe.
    private const int RipeBars = 1_000;

    private static readonly TimeFrame[] Studied = [TimeFrame.H1, TimeFrame.H4, TimeFrame.D1];

    /// <summary>The zones at each of some closing times; null where they are as at the time before.</summary>
    /// <param name="store">Where the candles are.</param>
    /// <param name="symbol">Whose.</param>
    /// <param name="closesMs">Closing times, ascending.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static async Task<IReadOnlyList<Zone[]?>> AtAsync(
        ICandleStore store, Symbol symbol, IReadOnlyList<long> closesMs, CancellationToken cancel = default)
    {
        var zones = new Zone[]?[closesMs.Count];
        if (closesMs.Count == 0) return zones;
        var closed = new List<(long CloseMs, TimeFrame Frame, Candle Candle)>();
        foreach (var frame in Studied)
        {
            var fromMs = frame.OpenOf(closesMs[0]) - (RipeBars * frame.Ms());
            var candles = await store.ReadAsync(new(symbol, frame), fromMs, closesMs[^1] - frame.Ms() + 1, cancel: cancel);
            closed.AddRange(candles.Select(candle => (candle.CloseTimeMs(frame), frame, candle)));
        }

        // Longer frames before shorter ones, as the pipeline folds them.
        var book = new ZoneBook();
        var next = 0;
        (long CloseMs, TimeFrame Frame, Candle Candle)[] inOrder = [.. closed.OrderBy(one => one.CloseMs).ThenByDescending(one => one.Frame)];
        Zone[] before = [];
        for (var i = 0; i < closesMs.Count; i++)
        {
            while (next < inOrder.Length && inOrder[next].CloseMs <= closesMs[i])
            {
                book.Update(inOrder[next].Frame, inOrder[next].Candle);
                next++;
            }

            Zone[] now = [.. book.Supports, .. book.Resistances];
            if (i > 0 && now.AsSpan().SequenceEqual(before)) continue;
            zones[i] = before = now;
        }

        return zones;
    }
}
