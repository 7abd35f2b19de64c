using System.Globalization;
using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>What a chat may choose for itself; changes are confirmed with a code. Thresholds of trading are not set here.</summary>
internal sealed class SettingsCommand(ChatSettingsBook settings) : IChatCommand
{
    // Danger always comes: it is no choice.
    private static readonly AlertGroup[] Choices = [.. Enum.GetValues<AlertGroup>().Where(group => group != AlertGroup.Danger)];

    public string Name => "settings";

    public string Usage(Wording words) => words.Say("[что] [значение]", "[what] [value]");

    public string Title(Wording words) => words.Say("Настройки", "Settings");

    public string About(Wording words) => words.Say("язык, тихие часы и оповещения этого чата", "language, quiet hours and alerts of this chat");

    public Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        if (call.Arguments.Count == 0) return Task.FromResult(Show(call));
        var what = call.Arguments[0].ToLowerInvariant();
        if (what is not ("quiet" or "silent") && Group(what) is null)
        {
            var typed = Wording.Text(call.Arguments[0], 40);
            var allowed = string.Join(", ", (string[])["quiet", "silent", .. Choices.Select(Code)]);
            return Task.FromResult(ChatAnswer.Of(call.Words.Say(
                $"Настройки «{typed}» нет. Можно: {allowed}", $"There is no setting “{typed}”. Allowed: {allowed}")));
        }

        var value = call.Arguments.Count > 1 ? call.Arguments[1].ToLowerInvariant() : "";
        return Task.FromResult(what == "quiet" ? Quiet(call, value) : Switch(call, what, value));
    }

    private static ChatAnswer Show(ChatCall call)
    {
        var (s, w) = (call.Settings, call.Words);
        var on = w.Say("да", "yes");
        var off = w.Say("нет", "no");
        var lines = new List<string>
        {
            Wording.Bold(w.Say("Настройки этого чата", "Settings of this chat")),
            "",
            w.Say("Язык: русский — /language en", "Language: English — /language ru"),
            w.Say("Тихие часы: ", "Quiet hours: ") + Hours(s, w) + " — " + Wording.Code(s.QuietFrom is null ? "/settings quiet 23-7" : "/settings quiet off"),
            w.Say("Всегда без звука: ", "Never a sound: ") + (s.Silent ? on : off) + " — " + Wording.Code($"/settings silent {(s.Silent ? "off" : "on")}"),
            "",
            w.Say("Что приходит:", "What comes:"),
        };
        foreach (var group in Choices)
            lines.Add($"{(s.Wants(group) ? "✅" : "▫️")} {GroupName(group, w)} — {Wording.Code($"/settings {Code(group)} {(s.Wants(group) ? "off" : "on")}")}");
        lines.Add("✅ " + w.Say("опасное: баны, защита, запуск и остановка — всегда", "danger: bans, protection, start and stop — always"));
        lines.Add("");
        lines.Add(w.Say(
            "Пороги стратегий и риска меняются только в настройках бота.", "Thresholds of strategies and risk are set in the bot's settings alone."));
        return new()
        {
            Head = string.Join('\n', lines),
            Buttons =
            [
                .. Choices.Select(group => new ChatButton(
                    $"{(s.Wants(group) ? "✅" : "▫️")} {GroupName(group, w)}", $"{ChatButtons.Run}settings {Code(group)} {(s.Wants(group) ? "off" : "on")}"))
                    .Chunk(2).Select(row => (IReadOnlyList<ChatButton>)row),
            ],
        };
    }

    private ChatAnswer Quiet(ChatCall call, string value)
    {
        var w = call.Words;
        if (value == "off")
            return Ask(call, w.Say("Выключить тихие часы?", "End the quiet hours?"), known => known with { QuietFrom = null, QuietTo = null });
        var parts = value.Split('-');
        if (parts.Length == 2 && TryHour(parts[0], out var from) && TryHour(parts[1], out var to) && from != to)
        {
            return Ask(
                call,
                w.Say(
                    $"Не звучать с {from}:00 до {to}:00 по Киеву? Сообщения приходят и тогда, без звука.",
                    $"No sound from {from}:00 to {to}:00 Kyiv time? Messages come then too, silently."),
                known => known with { QuietFrom = from, QuietTo = to });
        }

        var typed = value.Length == 0 ? w.Say("ничего", "nothing") : Wording.Text(value, 40);
        return ChatAnswer.Of(w.Say(
            $"Было «{typed}», а нужны два разных часа от 0 до 23, например {Wording.Code("/settings quiet 23-7")}, или off",
            $"“{typed}” was given; two different hours of 0 to 23 are allowed, such as {Wording.Code("/settings quiet 23-7")}, or off"));
    }

    private ChatAnswer Switch(ChatCall call, string what, string value)
    {
        var w = call.Words;
        if (value is not ("on" or "off"))
        {
            var typed = value.Length == 0 ? w.Say("ничего", "nothing") : Wording.Text(value, 40);
            return ChatAnswer.Of(w.Say(
                $"Было «{typed}», а можно on или off: {Wording.Code($"/settings {what} off")}",
                $"“{typed}” was given; on and off are allowed: {Wording.Code($"/settings {what} off")}"));
        }

        var on = value == "on";
        if (Group(what) is not { } group)
        {
            return Ask(
                call,
                on ? w.Say("Все сообщения без звука?", "All messages without a sound?") : w.Say("Включить звук сообщений?", "Messages with a sound?"),
                known => known with { Silent = on });
        }

        return Ask(
            call,
            on ? w.Say($"Присылать: {GroupName(group, w)}?", $"Send: {GroupName(group, w)}?") : w.Say($"Не присылать: {GroupName(group, w)}?", $"Do not send: {GroupName(group, w)}?"),
            known => known with { Muted = on ? [.. known.Muted.Where(muted => muted != group)] : [.. known.Muted.Append(group).Distinct()] });
    }

    private ChatAnswer Ask(ChatCall call, string question, Func<ChatSettings, ChatSettings> change) => new()
    {
        Head = Wording.Bold(question),
        Order = new(async cancel =>
        {
            var changed = await settings.ChangeAsync(call.ChatId, change, cancel);
            var shown = Show(call with { Settings = changed });
            return shown with { Head = call.Words.Say("Готово.", "Done.") + "\n\n" + shown.Head };
        }),
    };

    private static string Hours(ChatSettings s, Wording w) => s.QuietFrom is { } from && s.QuietTo is { } to
        ? string.Create(CultureInfo.InvariantCulture, $"{from}:00–{to}:00")
        : w.Say("нет", "none");

    private static bool TryHour(string text, out int hour) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out hour) && hour <= 23;

    private static AlertGroup? Group(string code)
    {
        foreach (var group in Choices)
        {
            if (Code(group) == code) return group;
        }

        return null;
    }

    private static string Code(AlertGroup group) => group.ToString().ToLowerInvariant();

    private static string GroupName(AlertGroup group, Wording w) => group switch
    {
        AlertGroup.Signals => w.Say("новые сигналы", "new signals"),
        AlertGroup.Fills => w.Say("входы", "entries filled"),
        AlertGroup.Expired => w.Say("несостоявшиеся входы", "entries not filled"),
        AlertGroup.Targets => w.Say("цели TP1 и TP2", "targets TP1 and TP2"),
        AlertGroup.Closes => w.Say("закрытия сделок", "closed trades"),
        AlertGroup.Summaries => w.Say("итоги дня и недели", "daily and weekly summary"),
        _ => w.Say("данные и стаканы", "data and order books"),
    };
}
