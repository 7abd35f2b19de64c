namespace FuturesBot.Simulator.Wire;

/// <summary>A REST call that passed the checks of its endpoint. Its handler runs while the gate is held.</summary>
/// <param name="Endpoint">Which.</param>
/// <param name="Parameters">What was sent.</param>
/// <param name="NowMs">Market time, UTC, Unix milliseconds.</param>
/// <param name="Account">Whose key it brought; empty for public calls.</param>
public sealed record ApiCall(Endpoint Endpoint, Parameters Parameters, long NowMs, string Account);
