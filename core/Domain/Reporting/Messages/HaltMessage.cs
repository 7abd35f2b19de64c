namespace FuturesBot.Domain.Reporting;

/// <summary>New entries were paused by hand, or are allowed again.</summary>
/// <param name="AtMs">When, UTC Unix milliseconds.</param>
/// <param name="IsHalted">Paused; else allowed again.</param>
/// <param name="Open">Signals in the market.</param>
/// <param name="Waiting">Signals that wait for their entry.</param>
public sealed record HaltMessage(long AtMs, bool IsHalted, int Open, int Waiting) : IMessage
{
    public string Html(Wording words) => IsHalted
        ? new MessageText()
            .Add($"⏸ {Wording.Bold(words.Say("Новые входы остановлены вручную", "New entries were paused by hand"))}")
            .Add(
                Open + Waiting == 0
                    ? words.Say("Открытых сделок нет", "No trade is open")
                    : words.Say(
                        $"Открытые сделки ({Open}) и ожидающие входа ({Waiting}) ведём дальше",
                        $"Open trades ({Open}) and those waiting for entry ({Waiting}) are followed on"),
                words.Say("Включить снова: /resume", "Switch on again: /resume"))
            .Add($"{words.Moment(AtMs)} · /status")
            .ToString()
        : new MessageText()
            .Add($"▶️ {Wording.Bold(words.Say("Новые входы снова разрешены", "New entries are allowed again"))}")
            .Add($"{words.Moment(AtMs)} · /status")
            .ToString();
}
