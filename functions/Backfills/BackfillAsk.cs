using FuturesBot.Engine.Ingestion;

namespace FuturesBot.Functions.Backfills;

/// <summary>Pieces that the holder of the market is to be asked for.</summary>
/// <param name="Backfill">Id of the backfill and of the time when it was begun.</param>
/// <param name="Attempt">1, 2, …</param>
/// <param name="Pieces">Which.</param>
public sealed record BackfillAsk(string Backfill, int Attempt, IReadOnlyList<BackfillPiece> Pieces);
