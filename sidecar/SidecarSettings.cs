using FuturesBot.Adapters.Configuration;
using FuturesBot.Dashboard;
using PageOptions = FuturesBot.Dashboard.DashboardOptions;

namespace FuturesBot.Sidecar;

/// <summary>What the sidecar was asked for, checked.</summary>
/// <param name="Bot">All settings.</param>
/// <param name="Page">Port, and who may reach the page.</param>
/// <param name="State">Folder for what need not outlive the process, and for a ban that should.</param>
internal sealed record SidecarSettings(BotOptions Bot, PageOptions Page, string State)
{
    /// <summary>What the page shows of the settings; null: nothing.</summary>
    public ISettingsSource? Shown { get; init; }

    /// <summary>Wall time between two looks at the other parts of the system, and between two signs of life.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(30);
}
