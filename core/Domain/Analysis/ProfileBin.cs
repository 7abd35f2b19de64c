namespace FuturesBot.Domain.Analysis;

/// <summary>One bin of a volume profile.</summary>
/// <param name="Low">Lower edge, quote units.</param>
/// <param name="High">Upper edge.</param>
/// <param name="Volume">Base units.</param>
public readonly record struct ProfileBin(double Low, double High, double Volume);
