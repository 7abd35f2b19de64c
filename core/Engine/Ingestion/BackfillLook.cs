using FuturesBot.Engine.Ports;

namespace FuturesBot.Engine.Ingestion;

/// <summary>Looks which pieces of a backfill lack candles.</summary>
public static class BackfillLook
{
    /// <remarks>
    /// A piece that begins before a symbol was traded has nothing to lack there: what lies before its first candle counts only where
    /// earlier candles of the series are stored.
    /// </remarks>
    public static async Task<IReadOnlyList<BackfillPiece>> LackingAsync(ICandleStore store, IEnumerable<BackfillPiece> pieces, CancellationToken cancel = default)
    {
        var lacking = new List<BackfillPiece>();
        foreach (var piece in pieces)
        {
            var candles = await store.ReadAsync(piece.Series, piece.FromMs, piece.ToMs, cancel: cancel);
            var found = SeriesIntegrity.Of(piece.Series, candles, piece.FromMs, piece.ToMs);
            if (!found.HasFaults) continue;
            var isBeginning = candles.Count > 0 && found.Gaps is [{ } only] && only.FromMs == piece.FromMs
                && (await store.ReadAsync(piece.Series, 0, piece.FromMs, newest: 1, cancel)).Count == 0;
            if (!isBeginning) lacking.Add(piece);
        }

        return lacking;
    }
}
