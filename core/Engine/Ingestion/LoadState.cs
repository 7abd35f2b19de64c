namespace FuturesBot.Engine.Ingestion;

/// <summary>How loading a symbol ended.</summary>
public enum LoadState
{
    /// <summary>Everything that can be had is in the store.</summary>
    Loaded,

    /// <summary>Every attempt failed; what was read before is in the store.</summary>
    Failed,

    /// <summary>It is not wanted any more.</summary>
    Dropped,
}
