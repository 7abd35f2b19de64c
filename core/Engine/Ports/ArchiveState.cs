namespace FuturesBot.Engine.Ports;

/// <summary>How reading an archive file ended.</summary>
public enum ArchiveState
{
    /// <summary>The file is whole, and its check sum is the published one.</summary>
    Read,

    /// <summary>It is still the version that the caller has.</summary>
    Same,

    /// <summary>It is not published, or not yet.</summary>
    NotThere,

    /// <summary>It could not be had, or is not what its check sum says.</summary>
    Unusable,
}
