namespace FuturesBot.Domain.Analysis;

/// <summary>
/// 2^(−days/30) from a table by whole days (spec 2.5): Math.Pow may differ in the last bit between platforms,
/// and a decision has to come out the same on all of them.
/// </summary>
internal static class HalfLife
{
    private const double PerDay = 0.97715996843424593;   // 2^(−1/30)

    private static readonly double[] Table = Make();

    /// <summary>What is left after so many days; 0 beyond the table, where it is below 1e-9.</summary>
    public static double After(long days) => days < Table.Length ? Table[(int)Math.Max(0, days)] : 0;

    private static double[] Make()
    {
        var table = new double[1000];
        table[0] = 1;
        for (var day = 1; day < table.Length; day++)
        {
            // Every 30th entry is an exact power of two, so rounding does not add up.
            table[day] = day % 30 == 0 ? table[day - 30] / 2 : table[day - 1] * PerDay;
        }

        return table;
    }
}
