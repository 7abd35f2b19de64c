using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>A greeting and every command in a line.</summary>
internal sealed class HelpCommand(ChatCatalog catalog, string name) : IChatCommand
{
    public string Name => name;

    public string Usage(Wording words) => "";

    public string Title(Wording words) => words.Say("Помощь", "Help");

    public string About(Wording words) => words.Say("что бот умеет", "what the bot can do");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        var w = call.Words;
        return Task.FromResult(new ChatAnswer
        {
            Head = name == "start"
                ? w.Say(
                    "👋 Это FuturesBot: сигналы по фьючерсам Binance, учебный счёт и честные итоги. Кнопками: /menu",
                    "👋 This is FuturesBot: signals on Binance futures, a practice account, honest results. With buttons: /menu")
                : Wording.Bold(w.Say("Команды", "Commands")),
            Entries =
            [
                .. catalog.All.Where(command => command.Name != "start").Select(command => command.Usage(w) is { Length: > 0 } usage
                    ? $"/{command.Name} {Wording.Text(usage)} — {command.About(w)}"
                    : $"/{command.Name} — {command.About(w)}"),
            ],
            PerPage = 40,
            IsDense = true,
            Foot = w.Say(
                "[в скобках] — можно не писать. Остановка входов и настройки просят код из четырёх цифр.",
                "[in brackets] may be left out. Pausing entries and settings ask for a four-digit code."),
        });
    }
}
