using System.Globalization;
using FuturesBot.Engine.Chat.Book;

namespace FuturesBot.Dashboard.Running;

/// <summary>The page's line about the chat.</summary>
internal static class ChatViews
{
    /// <param name="note">Null when there is no chat.</param>
    /// <param name="why">Why there is none.</param>
    /// <param name="zone">Where the readers live.</param>
    public static HealthView Health(MessengerNote? note, string why, TimeZoneInfo zone)
    {
        if (note is null) return new("Telegram", "off", why, HealthLevel.Ok);
        var last = note.LastSentMs is { } at
            ? "last sent " + TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture)
            : "nothing sent yet";
        var where = note.IsReal ? "" : ", no token: shown on the page alone";
        return new(
            "Telegram", FormattableString.Invariant($"{note.Waiting} waiting"),
            FormattableString.Invariant($"{last}; {note.Sent:N0} sent, {note.GivenUp} given up, {note.Strangers} from strangers, {note.Repeated} twice{where}"),
            note.IsLate || note.GivenUp > 0 ? HealthLevel.Warn : HealthLevel.Ok);
    }
}
