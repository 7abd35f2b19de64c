namespace FuturesBot.Engine.Sharding;

/// <summary>What a comparison of two kernels over the same batches comes to.</summary>
public enum FollowerVerdict
{
    /// <summary>The number is too old, not reached yet, or nothing was said of the ledger.</summary>
    Unknown,

    /// <summary>Both ledgers end with the same hash.</summary>
    Agrees,

    /// <summary>They do not: one of the two has computed something else.</summary>
    Differs,
}
