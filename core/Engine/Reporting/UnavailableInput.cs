namespace FuturesBot.Engine.Reporting;

/// <summary>Something the strategies ask for and the data cannot answer.</summary>
/// <param name="Input">Such as <c>order book</c>.</param>
/// <param name="Consequence">What was left out or could not fire because of it.</param>
public sealed record UnavailableInput(string Input, string Consequence);
