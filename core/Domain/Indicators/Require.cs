using System.Runtime.CompilerServices;

namespace FuturesBot.Domain.Indicators;

/// <summary>Checks of constructor parameters; the message names parameter, value and range.</summary>
internal static class Require
{
    /// <summary>More than two months of minutes; a longer window is a mistake, not a wish.</summary>
    public const int PeriodsMax = 100_000;

    public static int Periods(
        int value, int min = 1, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= min && value <= PeriodsMax
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, $"{name} was {value}; allowed are {min} to {PeriodsMax}");

    /// <summary>A finite number above 0 and not above <paramref name="max"/>.</summary>
    public static double Positive(
        double value, double max = 1_000, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0 && value <= max
            ? value
            : throw new ArgumentOutOfRangeException(
                name, value, $"{name} was {value}; allowed are numbers above 0 up to {max}");
}
