namespace FuturesBot.Domain.Reporting;

/// <summary>What made the protection of the account act.</summary>
public enum ProtectionCause
{
    /// <summary>The loss of the UTC day has reached its limit.</summary>
    DailyLoss,

    /// <summary>The loss of the week has reached its limit.</summary>
    WeeklyLoss,

    /// <summary>The drawdown has reached its limit.</summary>
    Drawdown,

    /// <summary>Losing trades in a row.</summary>
    LosingStreak,

    /// <summary>A position without a stop on the exchange.</summary>
    Unprotected,
}
