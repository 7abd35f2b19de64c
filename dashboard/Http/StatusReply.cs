using System.Text.Json.Serialization;

namespace FuturesBot.Dashboard;

/// <summary>Status with the wall clock beside market time: the two differ when speed is not 1.</summary>
internal sealed class StatusReply(StatusView status, IReadOnlyList<string> absent, long wallTimeMs)
{
    public string Mode => status.Mode;

    public string Exchange => status.Exchange;

    public bool Simulated => status.Simulated;

    public long? Seed => status.Seed;

    public double Speed => status.Speed;

    public long MarketTimeMs => status.MarketTimeMs;

    public long WallTimeMs => wallTimeMs;

    public long StartedAtMs => status.StartedAtMs;

    public bool Ready => status.Ready;

    public double ReplayProgress => status.ReplayProgress;

    public string Profile => status.Profile;

    public string Version => status.Version;

    public IReadOnlyList<HealthView> Health => status.Health;

    public ProcessView? Process => status.Process;

    /// <summary>Groups of routes that this host cannot answer: the page leaves out what would stand on them.</summary>
    public IReadOnlyList<string> Absent => absent;

    /// <summary>What the page writes beside our name.</summary>
    [JsonPropertyName("page_built")] public bool PageBuilt => PageFiles.IsBuilt;
}
