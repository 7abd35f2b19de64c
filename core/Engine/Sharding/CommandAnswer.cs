namespace FuturesBot.Engine.Sharding;

/// <summary>What became of a command.</summary>
/// <param name="CommandId">Which.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">A sentence: what was done, or why not.</param>
/// <param name="AtMs">Wall time, UTC, Unix milliseconds.</param>
public sealed record CommandAnswer(string CommandId, CommandOutcome Outcome, string Text, long AtMs);
