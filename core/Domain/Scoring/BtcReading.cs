using FuturesBot.Domain.Analysis;

namespace FuturesBot.Domain.Scoring;

/// <summary>BTC as the other symbols see it at one closing time.</summary>
/// <param name="Change3">Change over the last three closed hours, as a fraction; NaN when unavailable.</param>
/// <param name="BlocksMeanReversion">An impulse or an expansion of volatility is on.</param>
public readonly record struct BtcReading(double Change3, bool BlocksMeanReversion, Bias Bias)
{
    public static BtcReading Unavailable { get; } = new(double.NaN, BlocksMeanReversion: false, Bias.Neutral);
}
