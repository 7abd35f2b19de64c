using System.Text;

namespace FuturesBot.Simulator.Trading;

/// <summary>
/// Names on the wire: <c>StopMarket</c> is <c>STOP_MARKET</c>, <c>Opponent5</c> is <c>OPPONENT_5</c>.
/// </summary>
internal static class WireName
{
    public static string Of<T>(T value)
        where T : struct, Enum => Names<T>.Texts[value];

    public static bool TryParse<T>(string? text, out T value)
        where T : struct, Enum
    {
        value = default;
        return text is not null && Names<T>.Values.TryGetValue(text, out value);
    }

    private static string Spell(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var starts = char.IsUpper(name[i]) || (char.IsDigit(name[i]) && !char.IsDigit(name[i - 1]));
            if (i > 0 && starts) text.Append('_');
            text.Append(char.ToUpperInvariant(name[i]));
        }

        return text.ToString();
    }

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> Texts = Enum.GetValues<T>().ToDictionary(value =>
            value, value => Spell(value.ToString()));

        public static readonly Dictionary<string, T> Values = Texts.ToDictionary(pair =>
            pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }
}
