namespace FuturesBot.Simulator.Market;

/// <summary>
/// Premium of the contract over its index, and the funding that follows from it: pure functions of time, so that the
/// past and the future of a market need no memory.
/// </summary>
internal sealed class FundingModel(long seed, int symbol, MarketSymbol facts)
{
    /// <summary>Interest of eight hours.</summary>
    public const decimal Interest = 0.0001m;

    private const long HourMs = 3_600_000;
    private const double OrdinaryPremium = 0.00008;
    private const double PremiumSpread = 0.0009;

    /// <summary>Perpetual contracts pay it, dated ones do not.</summary>
    public bool Exists { get; } = facts.ContractType.EndsWith("PERPETUAL", StringComparison.Ordinal);

    private long PeriodMs => facts.FundingIntervalHours * HourMs;

    /// <summary>The next payment after <paramref name="timeMs"/>, 0 without funding.</summary>
    public long NextMs(long timeMs) => Exists ? ((timeMs / PeriodMs) + 1) * PeriodMs : 0;

    /// <summary>True when a payment is due at this time.</summary>
    public bool IsDue(long timeMs) => Exists && timeMs % PeriodMs == 0;

    /// <summary>Share by which the mark price is above the index.</summary>
    public double Premium(long timeMs)
    {
        var hour = timeMs / HourMs;
        var (from, to) = (AtHour(hour), AtHour(hour + 1));
        return from + ((to - from) * (timeMs % HourMs) / HourMs);
    }

    /// <summary>Rate of the payment at the end of the period that holds <paramref name="timeMs"/>, as known then.</summary>
    /// <param name="timeMs">At a payment's own time: the rate that is paid.</param>
    /// <remarks>
    /// F = (P + clamp(I − P, ±0.05 %)) / (8 / N), with P the mean premium of the period so far, I = 0.01 % and N the hours between
    /// payments, within cap and floor: the exchange's formula.
    /// </remarks>
    public decimal Rate(long timeMs)
    {
        if (!Exists) return 0;
        var from = (timeMs - 1) / PeriodMs * PeriodMs;
        var (sum, count) = (0.0, 0);
        for (var at = from; at < timeMs; at += HourMs / 4, count++) sum += Premium(at);
        var premium = (decimal)(sum / Math.Max(1, count));
        var rate = premium + Math.Clamp(Interest - premium, -0.0005m, 0.0005m);
        return Math.Clamp(Math.Round(rate * facts.FundingIntervalHours / 8, 8), -facts.FundingCap, facts.FundingCap);
    }

    private double AtHour(long hour)
    {
        var random = Xoshiro256.Of(unchecked(seed ^ (hour * 0x6A09_E667_F3BC_C909L)), symbol);
        return OrdinaryPremium + (PremiumSpread * (random.Uniform() + random.Uniform() - 1));
    }
}
