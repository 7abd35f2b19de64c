using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>Allows new entries again, after a code.</summary>
internal sealed class ResumeCommand(IChatBook book) : IChatCommand
{
    public string Name => "resume";

    public string Usage(Wording words) => "";

    public string Title(Wording words) => words.Say("Продолжить входы", "Resume entries");

    public string About(Wording words) => words.Say("снова разрешить новые входы, с кодом", "allow new entries again, with a code");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        var w = call.Words;
        if (book.Status().Halt is not { } halt)
            return Task.FromResult(ChatAnswer.Of(w.Say("Новые входы и так разрешены.", "New entries are allowed already.")));
        return Task.FromResult(new ChatAnswer
        {
            Head = w.Say(
                $"▶️ {Wording.Bold("Снова разрешить новые входы?")}\n\nОстановлены с {w.Moment(halt.AtMs)}. "
                    + $"Риск сделки {Wording.Percent((double)book.Options.Risk.RiskPerTrade * 100)} счёта, вместе не больше "
                    + $"{Wording.Percent((double)book.Options.Risk.OpenRiskMax * 100)}.",
                $"▶️ {Wording.Bold("Allow new entries again?")}\n\nPaused since {w.Moment(halt.AtMs)}. "
                    + $"Risk of a trade {Wording.Percent((double)book.Options.Risk.RiskPerTrade * 100)} of the account, together at most "
                    + $"{Wording.Percent((double)book.Options.Risk.OpenRiskMax * 100)}."),
            Order = new(async stop =>
            {
                await book.SetHaltAsync(halted: false, stop);
                return ChatAnswer.Of(w.Say("▶️ Новые входы снова разрешены.", "▶️ New entries are allowed again."));
            }),
        });
    }
}
