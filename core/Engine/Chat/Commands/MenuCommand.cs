using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>The commands as buttons.</summary>
internal sealed class MenuCommand(ChatCatalog catalog) : IChatCommand
{
    public string Name => "menu";

    public string Usage(Wording words) => "";

    public string Title(Wording words) => words.Say("Меню", "Menu");

    public string About(Wording words) => words.Say("команды кнопками", "the commands as buttons");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel) => Task.FromResult(new ChatAnswer
    {
        Head = ChatDesk.MenuTitle(call.Words),
        Buttons = catalog.Buttons(call.Words, 0),
    });
}
