namespace FuturesBot.Simulator.Wire;

/// <summary>One line of the exchange's table of REST calls.</summary>
/// <param name="Method"><c>GET</c>, <c>POST</c>, <c>PUT</c> or <c>DELETE</c>.</param>
/// <param name="Path">Such as <c>/fapi/v1/order</c>.</param>
/// <param name="Security">What the call must bring.</param>
/// <param name="Handle">
/// Carries it out, synchronously and while the gate is held: market and accounts do not move meanwhile.
/// </param>
public sealed record Endpoint(string Method, string Path, Security Security, Func<ApiCall, Answer> Handle)
{
    /// <summary>Weight of a call with these parameters.</summary>
    public Func<Parameters, int> Weight { get; init; } = static _ => 1;

    /// <summary>Which limit of the address it counts against.</summary>
    public RequestPool Pool { get; init; } = RequestPool.Weight;

    /// <summary>How many orders a call counts for against the account's order limits.</summary>
    public Func<Parameters, int> Orders { get; init; } = static _ => 0;

    public override string ToString() => $"{Method} {Path}";
}
