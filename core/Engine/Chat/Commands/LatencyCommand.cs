using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>How quick the system is.</summary>
internal sealed class LatencyCommand(IChatBook book) : IChatCommand
{
    public string Name => "latency";

    public string Usage(Wording words) => "";

    public string Title(Wording words) => words.Say("Задержки", "Latency");

    public string About(Wording words) => words.Say("как быстро бот решает и слышит биржу", "how quickly the bot decides and hears the exchange");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        var (n, w) = (book.Latency(), call.Words);
        var lines = new List<string>
        {
            Wording.Bold(w.Say("Задержки", "Latency")),
            "",
            n.Decisions == 0
                ? w.Say("Решения: ещё не измерены", "Decisions: not measured yet")
                : w.Say(
                    $"""
                    Решения (последние {n.Decisions}):
                    от закрытия свечи: обычно {Ms(n.AfterCloseP50Ms, w)}, 99 % до {Ms(n.AfterCloseP99Ms, w)}
                    сам расчёт, все пары: обычно {Ms(n.TookP50Ms, w)}, 99 % до {Ms(n.TookP99Ms, w)}
                    """,
                    $"""
                    Decisions (last {n.Decisions}):
                    after the close: median {Ms(n.AfterCloseP50Ms, w)}, 99 % below {Ms(n.AfterCloseP99Ms, w)}
                    the work itself, all pairs: median {Ms(n.TookP50Ms, w)}, 99 % below {Ms(n.TookP99Ms, w)}
                    """),
            "",
            n.Wire is not { } wire
                ? w.Say("Потоки биржи: нет, свечи из записи", "Streams: none, the candles are recorded")
                : wire.Messages == 0
                    ? w.Say("Потоки биржи: сообщений ещё не было", "Streams: no message yet")
                    : w.Say(
                        $"Потоки биржи: половина до {Ms(wire.LagP50Ms, w)}, 90 % до {Ms(wire.LagP90Ms, w)}, 99 % до {Ms(wire.LagP99Ms, w)}\n"
                            + $"сообщений {Wording.Whole(wire.Messages)}",
                        $"Streams: half below {Ms(wire.LagP50Ms, w)}, 90 % below {Ms(wire.LagP90Ms, w)}, 99 % below {Ms(wire.LagP99Ms, w)}\n"
                            + $"{Wording.Whole(wire.Messages)} messages"),
            "",
            w.Say(
                $"Telegram: {Messages(n.Messenger, w)}\nНе выполнено действий: {n.PendingEffects}",
                $"Telegram: {Messages(n.Messenger, w)}\nEffects not carried out: {n.PendingEffects}"),
        };
        return Task.FromResult(ChatAnswer.Of(string.Join('\n', lines).ReplaceLineEndings("\n")));
    }

    private static string Messages(MessengerNote? n, Wording w) => n is null
        ? w.Say("выключен", "off")
        : w.Say(
            $"в очереди {n.Waiting}, отправлено {Wording.Whole(n.Sent)}, не ушло {n.GivenUp}",
            $"{n.Waiting} waiting, {Wording.Whole(n.Sent)} sent, {n.GivenUp} given up")
            + (n.LastSentMs is { } last ? w.Say($", последнее {w.Moment(last)}", $", the last {w.Moment(last)}") : "");

    // The histogram's last step has no upper end.
    private static string Ms(double ms, Wording w) => double.IsPositiveInfinity(ms)
        ? w.Say("более 10 с", "over 10 s")
        : $"{Wording.Plain(ms, ms < 10 ? 1 : 0)} {w.Say("мс", "ms")}";
}
