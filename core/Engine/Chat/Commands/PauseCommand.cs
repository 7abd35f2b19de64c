using FuturesBot.Domain.Reporting;
using FuturesBot.Domain.Signals;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>Halts new entries, after a code.</summary>
internal sealed class PauseCommand(IChatBook book) : IChatCommand
{
    public string Name => "pause";

    public string Usage(Wording words) => "";

    public string Title(Wording words) => words.Say("Остановить входы", "Pause entries");

    public string About(Wording words) => words.Say("остановить новые входы, с кодом", "pause new entries, with a code");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        var w = call.Words;
        if (book.Status().Halt is { } halt)
        {
            return Task.FromResult(ChatAnswer.Of(w.Say(
                $"Новые входы уже остановлены с {w.Moment(halt.AtMs)}. Продолжить: /resume",
                $"New entries are paused already, since {w.Moment(halt.AtMs)}. To go on: /resume")));
        }

        var live = book.Live().Where(track => track.Plan.Execution == TradePlan.Primary).ToArray();
        var open = live.Count(track => track.State.Live is not null);
        return Task.FromResult(new ChatAnswer
        {
            Head = w.Say(
                $"""
                ⏸ {Wording.Bold("Остановить новые входы?")}

                Новых сигналов не будет ни по одной паре, пока не придёт /resume; перезапуск паузу не снимает.
                Открытые позиции ({open}) ведём как обычно: стопы и цели работают.
                Заявки, которые уже ждут входа ({live.Length - open}), остаются.
                """,
                $"""
                ⏸ {Wording.Bold("Pause new entries?")}

                No pair gets a new signal until /resume; a restart does not end the pause.
                Open positions ({open}) are followed as usual: stops and targets work.
                Entries that wait already ({live.Length - open}) stay.
                """).ReplaceLineEndings("\n"),
            Order = new(async stop =>
            {
                try
                {
                    await book.SetHaltAsync(halted: true, stop);
                }
                catch (Exception fault) when (fault is not OperationCanceledException && book.Status().Halt is not null)
                {
                    // The halt holds, but only in memory: the person must know, and the log too.
                    return ChatAnswer.Of(w.Say(
                        "⏸ Новые входы остановлены, но записать это не удалось: после перезапуска пауза пропадёт. Повторите /resume и /pause.",
                        "⏸ New entries are paused, but this could not be stored: a restart would end the pause. Repeat /resume and /pause."))
                        with
                    { Fault = fault };
                }

                return ChatAnswer.Of(w.Say(
                    "⏸ Новые входы остановлены. Продолжить: /resume", "⏸ New entries are paused. To go on: /resume"));
            }),
        });
    }
}
