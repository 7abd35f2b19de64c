using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Analysis;

/// <summary>The five votes at one bar: +1 long, −1 short, 0 none; NaN while warming up.</summary>
public readonly record struct Ballot(double Rsi, double Macd, double Bands, double Averages, double Stochastic)
{
    public const int Voters = 5;

    public static Ballot Unavailable { get; } =
        new(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    public bool IsAvailable => !double.IsNaN(Rsi + Macd + Bands + Averages + Stochastic);

    /// <summary>How many of the five vote for the side.</summary>
    public int For(Side side) =>
        One(Rsi, side) + One(Macd, side) + One(Bands, side) + One(Averages, side) + One(Stochastic, side);

    private static int One(double vote, Side side) => vote * side.Sign() > 0 ? 1 : 0;
}
