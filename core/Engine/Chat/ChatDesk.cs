using System.Globalization;
using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat;

/// <summary>
/// The chat's desk: an update comes in, replies go out. It trusts whoever it is handed; who may speak is decided before.
/// Whatever text comes, it answers, and never throws but for a cancellation.
/// </summary>
public sealed class ChatDesk
{
    private readonly ChatDeskParts _parts;
    private readonly ChatCodes _codes;

    public ChatDesk(ChatDeskParts parts)
    {
        _parts = parts;
        _codes = new(parts.RandomBelow, parts.Time);
        Catalog = new(parts.Book, parts.Settings);
    }

    public ChatCatalog Catalog { get; }

    /// <summary>The language and time zone of a chat.</summary>
    public Wording WordsOf(long chatId) => new(_parts.Settings.Of(chatId).Language, _parts.Zone);

    public async Task<IReadOnlyList<ChatReply>> AnswerAsync(ChatUpdate update, CancellationToken cancel)
    {
        var words = WordsOf(update.ChatId);
        try
        {
            return update.Press is { } press
                ? [await PressedAsync(update, press, words, cancel)]
                : await WrittenAsync(update, words, cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault)
        {
            // One command's bug must not take the chat down; whoever runs it is told.
            var asked = ChatInput.Of(update.Press?.Data ?? update.Text);
            _parts.Failed(fault, Catalog.Find(asked.Word)?.Name ?? "");
            return
            [
                To(update, new(words.Say(
                    "⚠️ Не получилось: в самом боте ошибка, она записана в журнал. Торговли это не касается.",
                    "⚠️ That failed: a fault of the bot itself, it is in the log. Trading is not affected."))),
            ];
        }
    }

    private async Task<IReadOnlyList<ChatReply>> WrittenAsync(ChatUpdate update, Wording words, CancellationToken cancel)
    {
        var input = ChatInput.Of(update.Text);
        if (input.Bot.Length > 0 && _parts.BotName is { } own && !string.Equals(input.Bot, own, StringComparison.OrdinalIgnoreCase))
            return [];   // another bot of the group is meant
        if (!input.IsCommand && IsCode(input.Text)) return [await CodeAsync(update, input.Text, words, cancel)];
        return [await RunAsync(update, input, page: 0, words, isMenu: false, cancel)];
    }

    private async Task<ChatReply> PressedAsync(ChatUpdate update, ChatPress press, Wording words, CancellationToken cancel)
    {
        var data = press.Data;
        if (data.StartsWith(ChatButtons.Run, StringComparison.Ordinal))
            return To(update, await RunAsync(update, ChatInput.Of("/" + data[ChatButtons.Run.Length..]), 0, words, isMenu: true, cancel));
        if (data.StartsWith(ChatButtons.Page, StringComparison.Ordinal))
        {
            var rest = data[ChatButtons.Page.Length..];
            var end = rest.IndexOf(':');
            if (end > 0 && TryPage(rest[..end], out var page))
                return To(update, await RunAsync(update, ChatInput.Of("/" + rest[(end + 1)..]), page, words, isMenu: true, cancel));
        }

        if (data.StartsWith(ChatButtons.Menu, StringComparison.Ordinal) && TryPage(data[ChatButtons.Menu.Length..], out var menu))
            return To(update, new(MenuTitle(words)) { Buttons = Catalog.Buttons(words, menu) });
        if (data == ChatButtons.Cancel)
        {
            return To(update, new(_codes.Cancel(update.ChatId, update.UserId)
                ? words.Say("Отменено, ничего не изменилось.", "Cancelled, nothing has changed.")
                : words.Say("Отменять уже нечего.", "There is nothing left to cancel.")));
        }

        // The button of an older version, or no button at all: the message stays as it is.
        return new("")
        {
            AnswersPress = press.CallbackId,
            Toast = data == ChatButtons.Here ? null : words.Say("Эта кнопка устарела: /menu", "This button is out of date: /menu"),
        };
    }

    private async Task<ChatReply> RunAsync(
        ChatUpdate update, ChatInput input, int page, Wording words, bool isMenu, CancellationToken cancel)
    {
        if (Catalog.Find(input.Word) is not { } command) return Unknown(input, words);
        var call = new ChatCall(
            update.ChatId, input.Arguments, _parts.Settings.Of(update.ChatId), words, _parts.Time.GetUtcNow().ToUnixTimeMilliseconds());
        if (ChatArguments.TooMany(call, command) is { } tooMany) return new(tooMany.Head);
        return Reply(update, await command.AnswerAsync(call, cancel), input, page, words, isMenu);
    }

    private ChatReply Reply(ChatUpdate update, ChatAnswer answer, ChatInput input, int page, Wording words, bool isMenu)
    {
        if (answer.Order is { } order) return Ask(update, answer, order, words);
        var (html, at, pages) = ChatPages.Of(answer, page);
        var line = string.Join(' ', [input.Word, .. input.Arguments]);
        var rows = new List<IReadOnlyList<ChatButton>>(answer.Buttons);
        rows.Add(ChatButtons.Turn(at, pages, other => string.Create(CultureInfo.InvariantCulture, $"{ChatButtons.Page}{other}:{line}")));
        if (isMenu) rows.Add([new(words.Say("‹ Меню", "‹ Menu"), ChatButtons.Menu + "0")]);
        return new(html) { Buttons = [.. rows.Where(row => row.Count > 0)] };
    }

    private ChatReply Ask(ChatUpdate update, ChatAnswer answer, ChatOrder order, Wording words)
    {
        var code = _codes.Ask(update.ChatId, update.UserId, order);
        var ask = words.Say(
            $"Чтобы подтвердить, пришлите код {Wording.Code(code)}. Он действует две минуты.",
            $"To confirm, send the code {Wording.Code(code)}. It is valid for two minutes.");
        return new(ChatPages.Fit($"{answer.Head}\n\n{ask}"))
        {
            Buttons = [[new(words.Say("Отменить", "Cancel"), ChatButtons.Cancel)]],
        };
    }

    private async Task<ChatReply> CodeAsync(ChatUpdate update, string code, Wording words, CancellationToken cancel)
    {
        var (verdict, order, left) = _codes.Try(update.ChatId, update.UserId, code);
        if (order is not null)
        {
            var done = await order.Carry(cancel);
            if (done.Fault is { } fault) _parts.Failed(fault, "");
            return Reply(update, done, ChatInput.Of(""), page: 0, WordsOf(update.ChatId), isMenu: false);
        }

        return new(verdict switch
        {
            CodeVerdict.Wrong => words.Say(
                $"Код не подошёл. Попыток осталось: {Wording.Whole(left)}.", $"That is not the code. Tries left: {Wording.Whole(left)}."),
            CodeVerdict.Cancelled => words.Say(
                "Код трижды не подошёл: команда отменена, ничего не изменилось.",
                "Wrong three times: the command is cancelled, nothing has changed."),
            CodeVerdict.TooLate => words.Say(
                "Код устарел: прошло больше двух минут. Ничего не изменилось, повторите команду.",
                "The code is too old: more than two minutes have passed. Nothing has changed, repeat the command."),
            _ => words.Say("Сейчас ничего подтверждать не нужно.", "Nothing waits to be confirmed."),
        });
    }

    private ChatReply Unknown(ChatInput input, Wording words)
    {
        var typed = input.Text.Length == 0 ? "" : Wording.Text(input.Text, 40);
        var said = typed.Length == 0
            ? words.Say("Здесь нет текста, который я понимаю.", "There is no text in it that I understand.")
            : words.Say($"Не знаю такой команды: «{typed}».", $"I do not know “{typed}”.");
        var nearest = NearestCommand.Of(input.IsCommand ? "/" + input.Word : input.Text, Catalog.Names);
        if (nearest is null)
            return new($"{said}\n{words.Say("Список команд: /help", "All commands: /help")}") { Buttons = Catalog.Buttons(words, 0) };
        return new($"{said}\n{words.Say($"Возможно, /{nearest}?", $"Did you mean /{nearest}?")}")
        {
            Buttons = [[new("/" + nearest, ChatButtons.Run + nearest)]],
        };
    }

    internal static string MenuTitle(Wording words) => Wording.Bold(words.Say("Меню", "Menu"));

    private static ChatReply To(ChatUpdate update, ChatReply reply) => update.Press is { } press
        ? reply with { Replaces = press.MessageId, AnswersPress = press.CallbackId }
        : reply;

    private static bool IsCode(string text) => text.Length == 4 && text.All(char.IsAsciiDigit);

    private static bool TryPage(string text, out int page) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out page) && page < 10_000;
}
