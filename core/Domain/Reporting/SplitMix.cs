namespace FuturesBot.Domain.Reporting;

/// <summary>
/// A seeded sequence for resampling. Our own, because the one of the runtime may change between versions,
/// and two runs over the same trades must print the same interval.
/// </summary>
/// <remarks>Steele, Lea, Flood (2014), Fast splittable pseudorandom number generators.</remarks>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    /// <summary>Evenly in 0 … <paramref name="bound"/> − 1; the bias is below bound / 2⁶⁴.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }
}
