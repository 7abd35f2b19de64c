namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>One address of the exchange's REST, with all that has to be known before it is called.</summary>
/// <param name="Method">HTTP method. GET carries its parameters in the query, the others in a form.</param>
/// <param name="Path">From the host on.</param>
/// <param name="Security">What it has to carry.</param>
/// <param name="Weight">Of the 2,400 per minute.</param>
/// <param name="Orders">That it counts as in the order limits.</param>
/// <param name="Extra">A limit of its own.</param>
/// <param name="Repeat">Whether it may be sent again when nobody knows what became of it.</param>
public sealed record Endpoint(
    HttpMethod Method, string Path, RequestSecurity Security, WeightRule Weight, int Orders, ExtraLimit Extra, RepeatRule Repeat)
{
    /// <summary>On the spot host, not the futures one.</summary>
    public bool OnSpot => Path.StartsWith("/sapi/", StringComparison.Ordinal);

    public string Name => $"{Method} {Path}";

    public RequestCost CostOf(RequestForm form) => new(Weight.Of(form), Orders, Extra);

    public override string ToString() => Name;
}
