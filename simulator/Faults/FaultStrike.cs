namespace FuturesBot.Simulator.Faults;

/// <summary>A fault that happens now.</summary>
/// <param name="Kind">What.</param>
/// <param name="Ms">How long; 0 where the kind has no length.</param>
/// <param name="Executed">For unknown answers: the call is carried out first.</param>
/// <param name="Dice">A number drawn for it, from 0 up: which of several forms it takes.</param>
internal readonly record struct FaultStrike(FaultKind Kind, long Ms, bool Executed, int Dice);
