namespace FuturesBot.Dashboard;

/// <summary>One lane of the request budget.</summary>
/// <param name="Lane">protective, reconcile, entry, market_data or history.</param>
/// <param name="Used">Weight that it used in this minute.</param>
/// <param name="Ceiling">Weight of all lanes together at which this one has to wait.</param>
/// <param name="Reserve">Weight that is kept for this lane and those above it; 0 for the last.</param>
/// <param name="Waiting">Requests that wait in it.</param>
/// <param name="Granted">Requests that went out through it since the start.</param>
public sealed record LaneView(string Lane, int Used, int Ceiling, int Reserve, int Waiting, long Granted);
