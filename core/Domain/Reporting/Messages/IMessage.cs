namespace FuturesBot.Domain.Reporting;

/// <summary>
/// A text for people, made from typed values alone. HTML with the tags b, i and code; every inserted value is escaped; at most
/// <see cref="MessageText.LengthMax"/> characters.
/// </summary>
public interface IMessage
{
    /// <summary>The text in the language and the time zone of <paramref name="words"/>.</summary>
    string Html(Wording words);
}
