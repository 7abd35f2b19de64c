namespace FuturesBot.Domain.Reporting;

/// <summary>What is wrong with a part of the system.</summary>
public enum PartTrouble
{
    /// <summary>It gives no sign of life.</summary>
    Silent,

    /// <summary>It does not take in what it is told.</summary>
    Behind,

    /// <summary>It was told something that it could not take in, again and again.</summary>
    Poison,

    /// <summary>It has come to something else than a second computation of the same.</summary>
    Differs,
}
