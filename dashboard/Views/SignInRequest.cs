namespace FuturesBot.Dashboard;

/// <summary>Body of POST /api/session.</summary>
public sealed record SignInRequest
{
    /// <summary>The trader's or the viewer's token.</summary>
    public required string Token { get; init; }

    public override string ToString() => "(secret)";
}
