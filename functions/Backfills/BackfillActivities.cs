using FuturesBot.Engine.Ingestion;
using FuturesBot.Functions.Wiring;
using Microsoft.Azure.Functions.Worker;

namespace FuturesBot.Functions.Backfills;

/// <summary>What backfills have carried out.</summary>
public sealed class BackfillActivities(Parts parts)
{
    /// <summary>Asks the holder of the market for pieces, each under an id of its own.</summary>
    [Function(nameof(AskForPieces))]
    public async Task AskForPieces([ActivityTrigger] BackfillAsk ask, CancellationToken cancel)
    {
        var storage = await parts.StorageAsync(cancel);
        foreach (var (id, command) in ask.Pieces.Select(piece => piece.Ask(ask.Backfill, ask.Attempt))) await storage.Commands.SendAsync(id, command, cancel);
    }

    /// <summary>Those of the pieces that still lack candles.</summary>
    [Function(nameof(LookAtPieces))]
    public async Task<BackfillPiece[]> LookAtPieces([ActivityTrigger] BackfillPiece[] pieces, CancellationToken cancel)
    {
        var candles = (await parts.StorageAsync(cancel)).Candles;
        await candles.RefreshAsync(cancel);   // the holder of the market has written what this instance does not know of
        return [.. await BackfillLook.LackingAsync(candles, pieces, cancel)];
    }
}
