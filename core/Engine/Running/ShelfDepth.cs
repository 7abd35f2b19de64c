namespace FuturesBot.Engine.Running;

/// <summary>How many of the newest closed candles a run keeps in memory of each series, 72 bytes each.</summary>
/// <param name="Candles">Of every frame.</param>
/// <param name="Hours">Of 1h, where more are needed: a day's change and turnover, and the line of the regimes.</param>
public readonly record struct ShelfDepth(int Candles, int Hours)
{
    // The candle in progress is the sum of at most fifteen closed minutes, three closed quarters, and so on.
    private const int SumsMax = 16;

    // A day and a half: what the page's list draws.
    private const int ListHours = 36;

    /// <summary>A process of its own, with memory to spare: a chart of minutes is a day long.</summary>
    public static ShelfDepth Full { get; } = new(1_500, 1_500);

    /// <summary>A kernel without a page: a day of hours and the last price.</summary>
    public static ShelfDepth Bare { get; } = new(SumsMax, 25);

    /// <summary>Closes of 1h beside the candles, 8 bytes each: correlations look 30 days back. 0: those of the candles.</summary>
    public int HourCloses { get; init; }

    /// <summary>Candles of a chart of its own, read from the store when somebody looks at it; 0: charts show what is kept of every series.</summary>
    public int Chart { get; init; }

    /// <summary>Charts kept at once. At the bound the one goes that nobody has looked at for longest; who looks again reads it again.</summary>
    public int Charts { get; init; }

    /// <summary>Hundreds of symbols in little memory: of each what the page's list needs, and charts only where somebody looks.</summary>
    /// <param name="chart">Candles of a chart.</param>
    /// <param name="charts">Charts at once.</param>
    /// <param name="hourCloses">Closes of 1h of every symbol.</param>
    public static ShelfDepth OnDemand(int chart, int charts, int hourCloses) =>
        new(SumsMax, ListHours) { Chart = chart, Charts = charts, HourCloses = hourCloses };
}
