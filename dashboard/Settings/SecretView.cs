namespace FuturesBot.Dashboard;

/// <summary>A secret: its name and whether it is there. Its value is never shown.</summary>
/// <param name="Present">Whether it is set.</param>
/// <param name="From">environment or key_vault; null when it is not set.</param>
/// <param name="Purpose">What it is for.</param>
public sealed record SecretView(string Name, bool Present, string? From, string Purpose);
