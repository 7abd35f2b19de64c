namespace FuturesBot.Simulator.Wire;

/// <summary>What a REST call must bring.</summary>
public enum Security
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A known key in <c>X-MBX-APIKEY</c>.</summary>
    Key,

    /// <summary>A known key, a timestamp within the window, and the signature of everything sent.</summary>
    Signed,
}
