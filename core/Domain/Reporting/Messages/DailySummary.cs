namespace FuturesBot.Domain.Reporting;

/// <summary>The day in one message, with the head of the ledger and the root of its last whole day, which make it final.</summary>
public sealed record DailySummary(SummaryFacts Facts) : IMessage
{
    public string Html(Wording words) => new MessageText()
        .Add(
            $"📋 {Wording.Bold(words.Say("Итог дня, ", "The day, ") + words.Weekday(Facts.ToMs))}",
            words.Account(Facts.Account))
        .Add(SummaryLines.Result(Facts, words))
        .Add(2, SummaryLines.Standing(Facts, words))
        .Add(1, SummaryLines.Record(Facts, words))
        .Add(3, SummaryLines.NotTaken(Facts, words))
        .Add(SummaryLines.Ledger(Facts, words), SummaryLines.Root(Facts, words))
        .Add(4, "/performance 90 · /signals")
        .ToString();
}
