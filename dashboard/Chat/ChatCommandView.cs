namespace FuturesBot.Dashboard;

/// <summary>A command of the chat's menu.</summary>
/// <param name="Name">Without the slash.</param>
/// <param name="About">What it does, in a few words.</param>
public sealed record ChatCommandView(string Name, string About);
