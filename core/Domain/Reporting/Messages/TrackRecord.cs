namespace FuturesBot.Domain.Reporting;

/// <summary>What trades like this one came to lately.</summary>
/// <param name="Days">How far back it looks.</param>
/// <param name="Statistics">Closed trades of the same strategy in that time.</param>
/// <param name="ScoreInverted">Higher scores did not go with better results.</param>
public sealed record TrackRecord(int Days, GroupStatistics Statistics, bool ScoreInverted = false);
