namespace FuturesBot.Local.Doctor;

/// <summary>How bad a finding is.</summary>
internal enum FindingLevel
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Works, with less than there could be.</summary>
    Warning,

    /// <summary>Has to be put right first.</summary>
    Fault,
}
