namespace FuturesBot.Engine.CloudCosts;

/// <summary>One line of a bill.</summary>
/// <param name="Group">What it counts to.</param>
/// <param name="Name">What is billed.</param>
/// <param name="Quantity">How much of it a month.</param>
/// <param name="Unit">Of the quantity.</param>
/// <param name="Usd">US dollars a month after grants.</param>
/// <param name="Note">A word on it; empty when there is none.</param>
public sealed record CostLine(CostGroup Group, string Name, double Quantity, string Unit, double Usd, string Note = "");
