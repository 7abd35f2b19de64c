namespace FuturesBot.Simulator.Market;

/// <summary>
/// Exponential and logarithm from additions, multiplications and divisions only: those are exact to the
/// bit on every processor, the runtime's own are not. The same seed is the same market everywhere.
/// </summary>
internal static class PortableMath
{
    private const double Ln2 = 0.693147180559945309417;

    /// <summary>eˣ to about 1e-13 relative, for |x| up to 700.</summary>
    public static double Exp(double x)
    {
        var power = Math.Floor((x / Ln2) + 0.5);
        var r = x - (power * Ln2);   // |r| ≤ 0.347
        var sum = 1 + (r * (1 + (r / 2 * (1 + (r / 3 * (1 + (r / 4 * (1 + (r / 5 * (1 + (r / 6 * (1 + (r / 7
            * (1 + (r / 8 * (1 + (r / 9 * (1 + (r / 10 * (1 + (r / 11)))))))))))))))))))));
        return sum * BitConverter.Int64BitsToDouble(((long)power + 1023) << 52);
    }

    /// <summary>ln x to about 1e-13, for positive normal numbers.</summary>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var power = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0x000F_FFFF_FFFF_FFFF) | 0x3FF0_0000_0000_0000);
        if (mantissa > 1.4142135623730951)
        {
            mantissa /= 2;
            power++;
        }

        var t = (mantissa - 1) / (mantissa + 1);   // |t| ≤ 0.172, ln m = 2·artanh t
        var s = t * t;
        var series = 1 + (s * ((1.0 / 3) + (s * ((1.0 / 5) + (s * ((1.0 / 7) + (s * ((1.0 / 9) + (s * ((1.0 / 11)
            + (s * ((1.0 / 13) + (s / 15)))))))))))));
        return (power * Ln2) + (2 * t * series);
    }
}
