namespace FuturesBot.Dashboard;

/// <summary>Why the host does not do what was asked for; the page shows it as problem details.</summary>
/// <param name="Status">HTTP status: 400, 404, 409 or 429.</param>
/// <param name="Detail">A sentence.</param>
/// <param name="Allowed">What would be possible; null when there is nothing to say.</param>
public sealed record Denied(int Status, string Detail, string? Allowed = null);
