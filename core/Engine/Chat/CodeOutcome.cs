namespace FuturesBot.Engine.Chat;

/// <summary>What became of a try to confirm an order.</summary>
/// <param name="Order">The order, when the code was right; else null.</param>
/// <param name="Left">Tries that are left.</param>
public readonly record struct CodeOutcome(CodeVerdict Verdict, ChatOrder? Order, int Left);
