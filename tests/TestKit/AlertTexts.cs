using FuturesBot.Domain.Reporting;
using FuturesBot.Engine.Ports;

namespace FuturesBot.TestKit;

/// <summary>What every alert keeps to, whoever raises it: its chat text is one of its kind, in everyday Russian with numbers.</summary>
public static class AlertTexts
{
    private static readonly TimeZoneInfo Kyiv = TimeZoneInfo.CreateCustomTimeZone("Kyiv", TimeSpan.FromHours(2), "Kyiv", "Kyiv");

    /// <summary>The messages that alerts of each kind may have.</summary>
    public static IReadOnlyDictionary<AlertKind, Type[]> Messages { get; } = new Dictionary<AlertKind, Type[]>
    {
        [AlertKind.Ban] = [typeof(BanAlert)],
        [AlertKind.DataIntegrity] = [typeof(DataAlert)],
        [AlertKind.Book] = [typeof(BookAlert)],
        [AlertKind.Stream] = [typeof(StreamAlert)],
        [AlertKind.Part] = [typeof(PartAlert)],
        [AlertKind.Exchange] = [typeof(ExchangeAlert), typeof(RulesAlert)],
    };

    /// <summary>The alert itself.</summary>
    /// <exception cref="InvalidOperationException">Its text is not as it should be.</exception>
    public static Alert Check(Alert alert)
    {
        var russian = alert.Message.Html(new(ChatLanguage.Russian, Kyiv));
        var title = russian.Split('\n')[0];
        if (!Messages[alert.Kind].Contains(alert.Message.GetType())) throw Wrong($"it was a {alert.Message.GetType().Name}");
        if (!title.Any(letter => letter is >= 'А' and <= 'я')) throw Wrong("its title is not Russian");
        if (!russian.Any(char.IsAsciiDigit)) throw Wrong("it has no number");
        if (russian.Contains(alert.Text, StringComparison.Ordinal)) throw Wrong("it holds the English sentence");
        return alert;

        InvalidOperationException Wrong(string what) => new($"Text of an alert of kind {alert.Kind}: {what}. It was: {russian}");
    }
}
