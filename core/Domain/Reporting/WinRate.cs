namespace FuturesBot.Domain.Reporting;

/// <summary>
/// A share of wins that cannot exist without its count and its interval, so that no page, message or file
/// can show it bare. Below <see cref="RateFrom"/> trades there is no rate at all.
/// </summary>
public sealed record WinRate
{
    /// <summary>Fewer trades than this give no rate.</summary>
    public const int RateFrom = 10;

    private WinRate(int wins, int n)
    {
        Wins = wins;
        N = n;
        Ci95 = WilsonInterval.Of(wins, n);
        Rate = n < RateFrom ? null : (double)wins / n;
    }

    public int Wins { get; }

    /// <summary>All closed trades: wins, break-evens and losses.</summary>
    public int N { get; }

    /// <summary>wins / n in 0–1; null when n is below <see cref="RateFrom"/>.</summary>
    public double? Rate { get; }

    /// <summary>Wilson 95 %, in 0–1; unavailable for n = 0.</summary>
    public Interval Ci95 { get; }

    public static WinRate Of(int wins, int n) => new(wins, n);

    /// <summary>Such as <c>28.6 % (8 of 28), 95 % 15.3 – 47.1 %</c>.</summary>
    public override string ToString() => Rate is { } rate
        ? $"{rate * 100:F1} % ({Wins} of {N}), 95 % {Ci95.Low * 100:F1} – {Ci95.High * 100:F1} %"
        : $"n = {N}, no rate below {RateFrom}";
}
