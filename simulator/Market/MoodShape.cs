namespace FuturesBot.Simulator.Market;

/// <summary>What a mood does to price, and which follows it.</summary>
/// <param name="Volatility">Times the ordinary volatility.</param>
/// <param name="LegDrift">Drift in a leg, standard deviations of a day per day.</param>
/// <param name="PullbackDrift">Drift between legs, in the same unit.</param>
/// <param name="PullPerMinute">Share of the distance to the middle taken back each minute.</param>
/// <param name="MeanHours">How long it lasts on average.</param>
internal readonly record struct MoodShape(
    double Volatility, double LegDrift, double PullbackDrift, double PullPerMinute, double MeanHours)
{
    private static readonly MoodShape[] Shapes =
    [
        new(Volatility: 1.0, LegDrift: 2.3, PullbackDrift: -1.5, PullPerMinute: 0, MeanHours: 40),
        new(Volatility: 1.1, LegDrift: -2.5, PullbackDrift: 1.6, PullPerMinute: 0, MeanHours: 36),
        new(Volatility: 0.8, LegDrift: 0, PullbackDrift: 0, PullPerMinute: 1.0 / 480, MeanHours: 30),
        new(Volatility: 0.42, LegDrift: 0, PullbackDrift: 0, PullPerMinute: 1.0 / 360, MeanHours: 14),
        new(Volatility: 1.75, LegDrift: 0, PullbackDrift: 0, PullPerMinute: 1.0 / 1500, MeanHours: 12),
    ];

    // Row: the mood that ends. Columns: Rising, Falling, Ranging, Squeezed, Wild; each row sums to 1.
    private static readonly double[,] Following =
    {
        { 0.10, 0.17, 0.38, 0.15, 0.20 },
        { 0.17, 0.10, 0.35, 0.15, 0.23 },
        { 0.27, 0.27, 0.00, 0.31, 0.15 },
        { 0.34, 0.34, 0.04, 0.00, 0.28 },
        { 0.25, 0.25, 0.34, 0.16, 0.00 },
    };

    public static ref readonly MoodShape Of(Mood mood) => ref Shapes[(int)mood];

    public static Mood After(Mood mood, ref Xoshiro256 random)
    {
        var draw = random.Uniform();
        for (var next = 0; next < Shapes.Length; next++)
        {
            draw -= Following[(int)mood, next];
            if (draw < 0) return (Mood)next;
        }

        return Mood.Ranging;   // the last column's rounding
    }
}
