using FuturesBot.Adapters.Configuration;
using FuturesBot.Dashboard;
using FuturesBot.Dashboard.Running;

namespace FuturesBot.Sidecar;

/// <summary>
/// The settings as the sidecar's page shows them: to read. Kernel and follower are one computation in two processes, so what they
/// decide by comes with the deployment and never from the page of one of them.
/// </summary>
internal static class ShownSettings
{
    /// <summary>What somebody reads who looks for the save button.</summary>
    public const string Reason =
        "Here the settings come with the deployment, the same ones for the sidecar and the functions: both must decide alike. Change them in config/bot.yaml "
        + "and deploy both anew (azd deploy); mode, storage, chats and addresses are parameters of the deployment (azd env set, then azd provision).";

    /// <param name="file">The YAML file; null for the defaults alone.</param>
    /// <param name="environment">Variables; those that begin with <c>FUTURESBOT__</c> are settings.</param>
    /// <param name="time">Wall time.</param>
    /// <exception cref="ConfigurationException">All that is wrong.</exception>
    public static SettingsStore Store(string? file, IReadOnlyDictionary<string, string> environment, TimeProvider time) =>
        new(path: "", file, environment, time);   // no file of the page's own: nothing is ever written

    public static ISettingsSource Page(SettingsStore store, IReadOnlyDictionary<string, string> environment) => new RunSettingsPage(store, environment, Reason);
}
