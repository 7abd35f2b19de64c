using System.ComponentModel.DataAnnotations;

namespace FuturesBot.Adapters.Configuration;

/// <summary>The web page and its HTTP interface.</summary>
public sealed record DashboardOptions
{
    /// <summary>TCP port on the loopback address.</summary>
    [Range(1, 65_535)] public int Port { get; init; } = 8080;
}
