using FuturesBot.Adapters.Configuration;
using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Running;
using FuturesBot.Local.Backtests;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Local.Running;

/// <summary>What the page shows besides the market: settings, backtests, logs, and the audit of its changes.</summary>
internal sealed class RunSources(RunSettings settings, ILoggerProvider logs, TimeProvider time) : IDisposable
{
    private const string Category = "FuturesBot.Page";

    private readonly BacktestDesk _backtests = new(
        Path.Combine(settings.State, "backtests"), settings.Store, settings.Bot.Backtests, time, logs.CreateLogger(Category));

    /// <summary>Adds these to what is read of the running system.</summary>
    public DashboardSources Around(DashboardSources sources) => sources with
    {
        Settings = new RunSettingsPage(settings.Store, BotConfiguration.ProcessEnvironment()),
        Backtests = _backtests,
        Logs = new RunLogs(settings.Bot.Logs.Folder),
        Audit = new AuditFile(Path.Combine(settings.State, "audit.jsonl"), logs.CreateLogger(Category)),
    };

    public void Dispose() => _backtests.Dispose();
}
