namespace FuturesBot.Engine.Ports;

/// <summary>What became of a range of candles that was put right.</summary>
/// <param name="Added">Open times that had no candle.</param>
/// <param name="Same">Already there with the same values.</param>
/// <param name="Replaced">Already there with other values, which are gone.</param>
/// <param name="Removed">Open times that have no candle any more.</param>
public readonly record struct RepairCounts(long Added, long Same, long Replaced, long Removed)
{
    public static RepairCounts operator +(RepairCounts left, RepairCounts right) => new(
        left.Added + right.Added, left.Same + right.Same,
        left.Replaced + right.Replaced, left.Removed + right.Removed);
}
