namespace FuturesBot.Simulator.Market;

/// <summary>A symbol's constants in the form that the minute loop wants them.</summary>
/// <param name="TicksPerUnit">1 / tick size, a power of ten: ticks divided by it is the nearest double to the price.</param>
/// <param name="StepsPerUnit">1 / step size, a power of ten.</param>
/// <param name="MinuteSigma">Standard deviation of an ordinary minute's own log return.</param>
internal readonly record struct SymbolScale(double TicksPerUnit, double StepsPerUnit, double MinuteSigma)
{
    // The volatility's multiple is exp of a variable around 0, so its mean square is above 1.
    private const double HeatCorrection = 0.82;

    /// <exception cref="ArgumentException">A tick or step that is not 1, 0.1, 0.01 …</exception>
    public static SymbolScale Of(GeneratedSymbol symbol) => new(
        PerUnit(symbol.Rules.TickSize, "tick", symbol),
        PerUnit(symbol.Rules.StepSize, "step", symbol),
        symbol.OwnDailyVolatility / Math.Sqrt(1440) * HeatCorrection);

    private static double PerUnit(decimal size, string what, GeneratedSymbol symbol)
    {
        for (var (unit, perUnit) = (1m, 1.0); unit >= 0.00000001m; unit /= 10, perUnit *= 10)
        {
            if (unit == size) return perUnit;
        }

        throw new ArgumentException($"{symbol.Symbol}: {what} was {size}; allowed are 1, 0.1, 0.01 … 0.00000001", nameof(size));
    }
}
