using FuturesBot.Domain.Market;

namespace FuturesBot.Engine.Ports;

/// <summary>What an archive file gave.</summary>
/// <param name="State">How it ended.</param>
/// <param name="Candles">Closed candles, oldest first, each time once; empty unless it was read.</param>
/// <param name="Refused">Rows that are no possible candle of the series.</param>
/// <param name="Sha256">Of the file as published, lower-case hexadecimal; empty when it is not there, or unusable.</param>
/// <param name="Fault">Why it is unusable, in a sentence; null when it is not.</param>
public sealed record ArchiveRead(
    ArchiveState State, IReadOnlyList<Candle> Candles, long Refused = 0, string Sha256 = "", string? Fault = null)
{
    public static ArchiveRead NotThere { get; } = new(ArchiveState.NotThere, []);

    public static ArchiveRead Same(string sha256) => new(ArchiveState.Same, [], Sha256: sha256);

    public static ArchiveRead Unusable(string fault) => new(ArchiveState.Unusable, [], Fault: fault);
}
