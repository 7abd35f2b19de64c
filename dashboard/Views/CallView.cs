namespace FuturesBot.Dashboard;

/// <summary>Requests to one address of the exchange.</summary>
/// <param name="Endpoint">Such as <c>GET /fapi/v1/klines</c>.</param>
/// <param name="Sent">Requests that left.</param>
/// <param name="Failed">Answers that were not usable; repeats count.</param>
/// <param name="Took">From sending to the answer's head; the wait for the budget is not in it.</param>
public sealed record CallView(string Endpoint, long Sent, long Failed, QuantilesView Took);
