namespace FuturesBot.Engine.Chat.Book;

/// <summary>What a strategy lacked at its last closing time.</summary>
/// <param name="Questions">Questions asked: modes and sides; 0 when it was not asked.</param>
/// <param name="Unanswered">Of these, without an answer for want of an input.</param>
/// <param name="Missing">Names of the checks whose input was missing.</param>
public sealed record StrategyInputs(string Strategy, int Questions, int Unanswered, IReadOnlyList<string> Missing);
