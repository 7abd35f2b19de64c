using System.Numerics;
using System.Runtime.CompilerServices;

namespace FuturesBot.Simulator.Market;

/// <summary>
/// A small random generator whose numbers are the same on every runtime and whose 32 bytes are its
/// whole state, so that a saved market goes on exactly.
/// </summary>
/// <remarks>xoshiro256** 1.0 of Blackman and Vigna (2018), seeded by SplitMix64 as its authors advise.</remarks>
internal struct Xoshiro256
{
    private ulong _a, _b, _c, _d;

    /// <param name="seed">The market's seed.</param>
    /// <param name="stream">Number of the stream: each symbol draws from its own.</param>
    public static Xoshiro256 Of(long seed, int stream)
    {
        var mix = unchecked((ulong)seed + (0x9E37_79B9_7F4A_7C15UL * (ulong)(stream + 1) * 0x1_0001UL));
        return new() { _a = SplitMix(ref mix), _b = SplitMix(ref mix), _c = SplitMix(ref mix), _d = SplitMix(ref mix) };
    }

    public ulong Next()
    {
        unchecked
        {
            var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
            var shifted = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= shifted;
            _d = BitOperations.RotateLeft(_d, 45);
            return result;
        }
    }

    /// <summary>Even over (0, 1): never 0, never 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Uniform() => ((Next() >> 12) + 0.5) * (1.0 / (1UL << 52));

    public double Between(double low, double high) => low + ((high - low) * Uniform());

    /// <summary>True with the given probability.</summary>
    public bool Chance(double probability) => Uniform() < probability;

    /// <summary>
    /// Mean 0, variance 1, bell-shaped within ±3.5: the sum of four 16-bit uniforms. The market's fat
    /// tails come from its changing volatility and its jumps, not from here; in return no logarithm is needed.
    /// </summary>
    public double Bell()
    {
        const double Scale = 1.7320508075688772 / 65536;   // √(12/4) over one uniform's range
        var bits = Next();
        var sum = (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48);
        return (sum - 131_070) * Scale;
    }

    /// <summary>Positive, mean 1, long-tailed: waiting times.</summary>
    public double Exponential() => -PortableMath.Log(Uniform());

    private static ulong SplitMix(ref ulong state)
    {
        unchecked
        {
            state += 0x9E37_79B9_7F4A_7C15UL;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBUL;
            return z ^ (z >> 31);
        }
    }
}
