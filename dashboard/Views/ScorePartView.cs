namespace FuturesBot.Dashboard;

/// <summary>One step of the score.</summary>
/// <param name="Points">Points added; for <see cref="ModifierState.Unavailable"/> the points that were possible, NaN when unknown.</param>
/// <param name="Because">The reason in words, with the value.</param>
public sealed record ScorePartView(string Name, double Points, ModifierState State, string Because);
