namespace FuturesBot.Domain.Analysis;

/// <summary>How a close beyond the last confirmed swing relates to the structure before it.</summary>
public enum StructureBreakKind
{
    None,

    /// <summary>Break of structure: in the direction of the trend.</summary>
    Bos,

    /// <summary>Change of character: against the trend.</summary>
    Choch,
}
