namespace FuturesBot.Domain.Market;

/// <summary>
/// Prices and quantities as the exchange writes them, in whole units of 10⁻⁸: exact, and as fast as an integer.
/// A <c>long</c> holds up to 92 billion; what is larger, negative or finer than 10⁻⁸ is refused where it is read.
/// </summary>
public static class FixedPoint
{
    /// <summary>Decimals that every value carries.</summary>
    public const int Decimals = 8;

    /// <summary>Units in 1.</summary>
    public const long One = 100_000_000;

    /// <summary>For analysis.</summary>
    public static double ToDouble(long value) => value / (double)One;

    /// <summary>For trading, exact.</summary>
    public static decimal ToDecimal(long value) => value / (decimal)One;

    /// <exception cref="OverflowException">Too large for the form.</exception>
    /// <exception cref="ArgumentException">Finer than 10⁻⁸.</exception>
    public static long From(decimal value)
    {
        var scaled = value * One;
        return scaled == Math.Truncate(scaled)
            ? (long)scaled
            : throw new ArgumentException($"{value} is finer than 10⁻⁸", nameof(value));
    }
}
