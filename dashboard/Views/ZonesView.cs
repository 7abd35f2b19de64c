using FuturesBot.Domain.Market;

namespace FuturesBot.Dashboard;

/// <param name="Profile">Null while the volume profile is unavailable; <paramref name="ProfileReason"/> says why.</param>
public sealed record ZonesView(
    Symbol Symbol,
    TimeFrame Timeframe,
    IReadOnlyList<ZoneView> Zones,
    ProfileView? Profile,
    string? ProfileReason);
