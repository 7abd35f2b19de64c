namespace FuturesBot.Domain.Risk;

/// <summary>How a position is split, base units; a leg of 0 was too small and went into another.</summary>
/// <param name="First">Closed at the first target.</param>
/// <param name="Second">Closed at the second.</param>
/// <param name="Runner">Left to the trail.</param>
public readonly record struct TargetLegs(decimal First, decimal Second, decimal Runner)
{
    public decimal Total => First + Second + Runner;
}
