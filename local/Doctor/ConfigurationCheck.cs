using FuturesBot.Adapters.Configuration;
using FuturesBot.Local.Commands;

namespace FuturesBot.Local.Doctor;

/// <summary>Reads the configuration and tells everything that is wrong with it.</summary>
internal static class ConfigurationCheck
{
    private const string Area = "configuration";

    /// <param name="named">The file that was named; null for the usual one.</param>
    /// <param name="findings">Takes what was found.</param>
    /// <returns>The configuration, or the defaults where it cannot be read.</returns>
    public static BotOptions Run(FileInfo? named, List<Finding> findings)
    {
        try
        {
            var options = Configured.Load(named);
            findings.Add(Finding.Ok(Area, $"{named?.FullName ?? Configured.UsualFile ?? "the defaults"}: profile {options.Kernel.Profile}, mode {options.Mode}"));
            return options;
        }
        catch (ConfigurationException wrong)
        {
            findings.AddRange(wrong.Faults.Select(fault =>
                Finding.Fault(Area, $"{fault}", "Put this setting right; until then everything below was looked at with the defaults")));
            return new();
        }
    }
}
