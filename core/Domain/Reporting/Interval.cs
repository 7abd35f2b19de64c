namespace FuturesBot.Domain.Reporting;

/// <summary>A confidence interval; both ends NaN when there is too little to say anything.</summary>
public readonly record struct Interval(double Low, double High)
{
    public static Interval Unavailable => new(double.NaN, double.NaN);

    public bool IsAvailable => double.IsFinite(Low) && double.IsFinite(High);

    public bool Contains(double value) => Low <= value && value <= High;
}
