namespace FuturesBot.Adapters.AzureStorage.Market;

/// <summary>Names that sidecar and functions share: those of queues have no prefix, because triggers name them.</summary>
public static class MarketNames
{
    /// <summary>Batches, from the sidecar to the functions.</summary>
    public const string Events = "market-events";

    /// <summary>Commands, from the functions to the sidecar.</summary>
    public const string Commands = "sidecar-commands";

    /// <summary>What the functions' host puts aside after its tries.</summary>
    public const string EventsPoison = "market-events-poison";

    /// <summary>The blob whose lease says which sidecar is the active one.</summary>
    public const string LeaseBlob = "sidecar";

    /// <summary>The container of leases.</summary>
    public static string Leases(string prefix) => prefix + "-leases";

    /// <summary>The table of batches.</summary>
    public static string Market(string prefix) => prefix + "market";

    /// <summary>The table of signs of life.</summary>
    public static string Beats(string prefix) => prefix + "beats";
}
