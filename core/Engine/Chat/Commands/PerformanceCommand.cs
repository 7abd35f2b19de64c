using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>What came of the last days, honestly.</summary>
internal sealed class PerformanceCommand(IChatBook book) : IChatCommand
{
    public string Name => "performance";

    public string Usage(Wording words) => words.Say("[дни]", "[days]");

    public string Title(Wording words) => words.Say("Результаты", "Performance");

    public string About(Wording words) => words.Say("результаты за дни: 1–365, без числа 7", "results of days: 1–365, without a number 7");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        if (!ChatArguments.TryWhole(call, 0, 1, 365, 7, Noun.Day, out var days, out var fault)) return Task.FromResult(fault!);
        var panel = ResultPanel.Read(book, days, static _ => true);
        return Task.FromResult(new ChatAnswer
        {
            Head = $"{Wording.Bold(call.Words.Say("Результаты", "Performance"))}, {panel.Span(call.Words)}\n\n{panel.Text(call.Words)}",
        });
    }
}
