namespace FuturesBot.Domain;

/// <summary>What became of a symbol whose rules have changed.</summary>
public enum Relisting
{
    /// <summary>New plans follow the new rules.</summary>
    Taken,

    /// <summary>
    /// The prices are on another grid, so its analysis began anew with the new rules: its past is to be folded in again.
    /// </summary>
    Anew,

    /// <summary>The prices are on another grid and signals live on the old one: nothing new is opened until they have ended.</summary>
    Draining,
}
