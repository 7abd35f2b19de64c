namespace FuturesBot.Dashboard;

/// <summary>One step in the life of a signal.</summary>
/// <param name="Kind">Past tense, such as <c>created</c>, <c>entered</c>, <c>tp1_taken</c>.</param>
/// <param name="Text">A few words with the numbers.</param>
public sealed record LifeEventView(long TimeMs, string Kind, string Text);
