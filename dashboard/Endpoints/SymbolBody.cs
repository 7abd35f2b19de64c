namespace FuturesBot.Dashboard;

/// <summary>Body of <c>POST /api/symbols</c>.</summary>
internal sealed record SymbolBody(string? Symbol);
