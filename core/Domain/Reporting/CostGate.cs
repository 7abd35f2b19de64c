namespace FuturesBot.Domain.Reporting;

/// <summary>
/// The cost gate, measured: how many setups were far enough from their stop to pay for themselves.
/// </summary>
/// <param name="Accepted">Setups whose estimated round trip cost at most the allowed share of R.</param>
/// <param name="Refused">Setups that would have cost more.</param>
public sealed record CostGate(string Strategy, string Symbol, int Accepted, int Refused);
