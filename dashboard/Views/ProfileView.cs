namespace FuturesBot.Dashboard;

/// <summary>Volume profile of the rolling window (spec 2.6).</summary>
/// <param name="Bins">From low to high; may be empty when only the three levels are known.</param>
public sealed record ProfileView(
    double Poc,
    double ValueAreaLow,
    double ValueAreaHigh,
    long FromMs,
    long ToMs,
    IReadOnlyList<ProfileBinView> Bins);
