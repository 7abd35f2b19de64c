namespace FuturesBot.Dashboard;

/// <summary>What <c>/api/signals?state=</c> selects.</summary>
public enum SignalGroup
{
    /// <summary>Waiting for entry or in a position.</summary>
    Open,

    /// <summary>Everything that has ended, with or without a trade.</summary>
    Closed,
}
