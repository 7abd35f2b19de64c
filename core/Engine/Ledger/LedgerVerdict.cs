namespace FuturesBot.Engine.Ledger;

/// <summary>What <see cref="LedgerVerifier"/> found.</summary>
/// <param name="Last">The last line of the part that is whole.</param>
/// <param name="Bytes">Length in bytes of that part: a writer that died in the middle of a line goes on from
/// here.</param>
/// <param name="HasFooter">True when the whole part ends with the footer.</param>
/// <param name="FaultLine">First line that is wrong, counted from 1 in the file; null when all is
/// right.</param>
/// <param name="Fault">What is wrong with it; null when all is right.</param>
public sealed record LedgerVerdict(
    LedgerPosition Last, long Bytes, bool HasFooter, long? FaultLine, string? Fault)
{
    public bool IsWhole => Fault is null;

    /// <summary>Number of the line that has the hash which was asked for; null when none has, or none was asked for.</summary>
    public long? RootSeq { get; init; }

    public override string ToString() =>
        IsWhole
            ? $"whole{(HasFooter ? "" : " so far")}: {Last.Seq} lines, root {Last.Hash}"
            : $"line {FaultLine}: {Fault}";
}
