using System.Text;

namespace FuturesBot.Adapters.Binance.Rest;

/// <summary>Names of our choices as the exchange writes them: <c>StopMarket</c> is <c>STOP_MARKET</c>.</summary>
internal static class WireName
{
    public static string Of<T>(T choice)
        where T : struct, Enum => Names<T>.ByChoice[choice];

    /// <summary>Null when the exchange has a new one.</summary>
    public static T? From<T>(string name)
        where T : struct, Enum => Names<T>.ByName.TryGetValue(name, out var choice) ? choice : null;

    private static string Name(string pascal)
    {
        var name = new StringBuilder();
        foreach (var c in pascal)
        {
            if (char.IsUpper(c) && name.Length > 0) name.Append('_');
            name.Append(char.ToUpperInvariant(c));
        }

        return name.ToString();
    }

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByChoice = Enum.GetValues<T>().ToDictionary(choice => choice, choice => Name(choice.ToString()));
        public static readonly Dictionary<string, T> ByName = ByChoice.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}
