namespace FuturesBot.Domain.Analysis;

/// <summary>A high- or low-volume node.</summary>
/// <param name="Price">Centre of its bin.</param>
/// <param name="Volume">Volume of its bin, base units.</param>
public readonly record struct VolumeNode(VolumeNodeKind Kind, double Price, double Volume);
