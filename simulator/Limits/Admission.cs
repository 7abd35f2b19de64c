using FuturesBot.Simulator.Wire;

namespace FuturesBot.Simulator.Limits;

/// <summary>Whether a call may go on, and what its answer's headers say.</summary>
/// <param name="UsedWeight">Of the address in this minute.</param>
/// <param name="Refusal">Why it may not; null when it may.</param>
/// <param name="RetryAfterSeconds">When it may again; 0 when it may now.</param>
internal readonly record struct Admission(int UsedWeight, Refusal? Refusal, int RetryAfterSeconds);
