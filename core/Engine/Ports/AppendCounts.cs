namespace FuturesBot.Engine.Ports;

/// <summary>What became of candles handed to a store.</summary>
/// <param name="Added">New ones.</param>
/// <param name="Same">Already there with the same values; nothing changed.</param>
/// <param name="Conflicts">Already there with other values; the stored ones stayed.</param>
public readonly record struct AppendCounts(long Added, long Same, long Conflicts)
{
    public static AppendCounts operator +(AppendCounts left, AppendCounts right) =>
        new(left.Added + right.Added, left.Same + right.Same, left.Conflicts + right.Conflicts);
}
