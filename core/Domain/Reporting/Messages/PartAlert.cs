namespace FuturesBot.Domain.Reporting;

/// <summary>A part of the system does not work any more, or does again.</summary>
/// <param name="AtMs">When it was seen, UTC Unix milliseconds.</param>
/// <param name="Part">Its name, such as <c>timers</c>.</param>
/// <param name="Trouble">What is wrong.</param>
/// <param name="Minutes">For how long; 0 where that means nothing.</param>
/// <param name="Count">Batches that it is behind, messages that it could not take in, or the number of the batch; 0 for none.</param>
/// <param name="Detail">A reason, without secrets; empty for none.</param>
/// <param name="IsOver">It is over.</param>
public sealed record PartAlert(long AtMs, string Part, PartTrouble Trouble, long Minutes, long Count, string Detail, bool IsOver) : IMessage
{
    public string Html(Wording words) => new MessageText()
        .Add($"{(IsOver ? "✅" : "⛔")} {Wording.Bold(Title(words))}")
        .Add(
            words.Say("Часть системы: ", "Part of the system: ") + Wording.Text(Part, 40),
            Trouble is PartTrouble.Silent or PartTrouble.Behind && Minutes > 0
                ? words.Say("Сколько это длится: ", "For ") + words.Count(Minutes, Noun.Minute)
                : null,
            Count > 0 ? Counted(words) : null,
            Detail.Length > 0 ? words.Say("Причина: ", "Because: ") + Wording.Text(Detail) : null)
        .Add(IsOver ? null : Advice(words))
        .Add(words.Moment(AtMs))
        .ToString();

    private string Title(Wording words) => (Trouble, IsOver) switch
    {
        (PartTrouble.Silent, false) => words.Say("Часть системы молчит", "A part of the system is silent"),
        (PartTrouble.Silent, true) => words.Say("Часть системы снова отвечает", "A part of the system answers again"),
        (PartTrouble.Behind, false) => words.Say("Решения отстают от рынка", "Decisions fall behind the market"),
        (PartTrouble.Behind, true) => words.Say("Решения снова успевают за рынком", "Decisions keep up with the market again"),
        (PartTrouble.Poison, false) => words.Say("Сообщение не удалось разобрать", "A message could not be taken in"),
        (PartTrouble.Poison, true) => words.Say("Неразобранных сообщений больше нет", "No message is left that could not be taken in"),
        (_, false) => words.Say("Два расчёта разошлись", "Two computations disagree"),
        _ => words.Say("Два расчёта снова сходятся", "Two computations agree again"),
    };

    private string Counted(Wording words) => Trouble switch
    {
        PartTrouble.Behind => words.Say("Непринятых пакетов: ", "Batches not taken in: ") + Wording.Whole(Count),
        PartTrouble.Poison => words.Say("Таких сообщений: ", "Such messages: ") + Wording.Whole(Count),
        _ => words.Say("Номер пакета: ", "Number of the batch: ") + Wording.Whole(Count),
    };

    private string Advice(Wording words) => Trouble switch
    {
        PartTrouble.Silent => words.Say(
            "Проверьте, запущена ли она. Пока она молчит, её работа не делается",
            "See whether it runs. As long as it is silent, its work is not done"),
        PartTrouble.Behind => words.Say(
            "Новых сигналов не будет, пока она не догонит. Ничего не потеряно: пакеты ждут",
            "No new signals until it has caught up. Nothing is lost: the batches wait"),
        PartTrouble.Poison => words.Say(
            "Сообщение сохранено вместе с причиной: посмотрите его на странице",
            "The message is kept with its reason: look at it on the page"),
        _ => words.Say(
            "Не доверяйте новым сигналам, пока причина не найдена",
            "Do not rely on new signals until the cause is found"),
    };
}
