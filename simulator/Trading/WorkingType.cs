namespace FuturesBot.Simulator.Trading;

/// <summary>Which price triggers a conditional order.</summary>
internal enum WorkingType
{
    /// <summary>The last trade's.</summary>
    ContractPrice,

    MarkPrice,
}
