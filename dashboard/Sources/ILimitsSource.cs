namespace FuturesBot.Dashboard;

/// <summary>What the exchange allows, how its streams do, and how long everything takes. Quick reads from any thread.</summary>
public interface ILimitsSource
{
    /// <summary>Null when there is no exchange, as with recorded data.</summary>
    LimitsView? Limits();

    LatencyView Latency();
}
