using FuturesBot.Domain.Reporting;

namespace FuturesBot.Engine.Chat.Commands;

/// <summary>The chat's language.</summary>
internal sealed class LanguageCommand(ChatSettingsBook settings) : IChatCommand
{
    public string Name => "language";

    public string Usage(Wording words) => "[ru|en]";

    public string Title(Wording words) => words.Say("Язык · English", "Language · Русский");

    public string About(Wording words) => words.Say("язык чата: ru или en", "the chat's language: ru or en");

    public async Task<ChatAnswer> AnswerAsync(ChatCall call, CancellationToken cancel)
    {
        if (call.Arguments.Count == 0)
        {
            return new()
            {
                Head = call.Words.Say("Язык чата: русский", "Language of this chat: English"),
                Buttons = [[new("Русский", ChatButtons.Run + "language ru"), new("English", ChatButtons.Run + "language en")]],
            };
        }

        var wanted = call.Arguments[0].ToLowerInvariant() switch
        {
            "ru" or "рус" or "русский" => ChatLanguage.Russian,
            "en" or "eng" or "english" => ChatLanguage.English,
            _ => (ChatLanguage?)null,
        };
        if (wanted is not { } language)
        {
            var typed = Wording.Text(call.Arguments[0], 40);
            return ChatAnswer.Of(call.Words.Say(
                $"Было «{typed}», а можно ru или en: {Wording.Code("/language en")}", $"“{typed}” was given; ru and en are allowed: {Wording.Code("/language ru")}"));
        }

        await settings.ChangeAsync(call.ChatId, known => known with { Language = language }, cancel);
        return ChatAnswer.Of(language == ChatLanguage.Russian ? "Готово: пишу по-русски. /menu" : "Done: I write in English. /menu");
    }
}
