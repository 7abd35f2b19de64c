namespace FuturesBot.Domain.Reporting;

/// <summary>One part of a trade's score, as it was at the decision.</summary>
/// <param name="Points">Null when the part's input was unavailable, which is not the same as 0
/// points.</param>
/// <param name="Because">The measured value in words.</param>
public sealed record TradeScorePart(string Name, double? Points, string Because);
