using FuturesBot.Engine.Ports;

namespace FuturesBot.Adapters.Binance;

/// <summary>One lane of the request budget.</summary>
/// <param name="Lane">Which.</param>
/// <param name="Weight">That it used in this minute.</param>
/// <param name="Ceiling">Weight of all lanes at which this one has to wait.</param>
/// <param name="Waiting">Requests that wait in it.</param>
/// <param name="Granted">Requests that went out through it since the start.</param>
public sealed record LaneReading(RequestLane Lane, int Weight, int Ceiling, int Waiting, long Granted);
