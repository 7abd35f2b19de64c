namespace FuturesBot.Adapters.Binance.Streams;

/// <summary>How the account's stream does, for people.</summary>
/// <param name="Connection">Its connection.</param>
/// <param name="Events">Passed on, doubled ones not.</param>
/// <param name="Doubled">Left out because they came before.</param>
/// <param name="Late">Passed on after one that happened later.</param>
/// <param name="Unreadable">Refused; after each the account is asked for anew.</param>
/// <param name="Resyncs">How often whoever listens was told to ask for everything.</param>
/// <param name="KeyAgeMs">Market time since the listen key last showed a sign of life; NaN when there is none.</param>
public sealed record UserStreamHealth(
    StreamHealth Connection, long Events, long Doubled, long Late, long Unreadable, long Resyncs, double KeyAgeMs);
