namespace FuturesBot.Domain.Market;

/// <summary>
/// exp(−d / 10 bp) for a distance d of 0 to 50 bp from the middle of the book (spec 2.4), from a table with linear
/// interpolation: off by less than 4·10⁻⁶ of the value. The table is a running product of one constant, so it is the
/// same on every platform; <c>Math.Exp</c> is not.
/// </summary>
internal static class DistanceWeights
{
    /// <summary>Levels further away do not count.</summary>
    public const double MaxBp = 50;

    private const double StepsPerBp = 20;
    private const double StepFactor = 0.99501247919268231;   // exp(−0.05 / 10)

    private static readonly double[] Table = Make();

    /// <param name="distanceBp">Up to <see cref="MaxBp"/>; a distance below 0, in a crossed book, weighs like 0.</param>
    public static double At(double distanceBp)
    {
        if (distanceBp <= 0) return 1;
        var steps = distanceBp * StepsPerBp;
        var step = unchecked((int)steps);
        return Table[step] + ((Table[step + 1] - Table[step]) * (steps - step));
    }

    private static double[] Make()
    {
        var table = new double[(int)(MaxBp * StepsPerBp) + 2];
        table[0] = 1;
        for (var i = 1; i < table.Length; i++) table[i] = table[i - 1] * StepFactor;
        return table;
    }
}
