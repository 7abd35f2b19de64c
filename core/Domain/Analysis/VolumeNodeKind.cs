namespace FuturesBot.Domain.Analysis;

/// <summary>A price that stands out in a volume profile (spec 2.6).</summary>
public enum VolumeNodeKind
{
    /// <summary>HVN: a local maximum of at least 1.5 times the median bin.</summary>
    High,

    /// <summary>LVN: a local minimum of at most 0.5 times the median bin.</summary>
    Low,
}
